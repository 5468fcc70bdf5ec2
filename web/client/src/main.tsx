import { createRoot } from "react-dom/client";
import { App } from "./App";
import { Boundary } from "./shell/Boundary";
import "./design/tokens.css";
import "./design/base.css";

const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <Boundary>
      <App />
    </Boundary>,
  );
}
