import { createRoot } from "react-dom/client";
import { App } from "./App";
import { awaitDossiers } from "./dossier/arrival";
import { registerWorker } from "./offline/register";
import { Boundary } from "./shell/Boundary";
import "./design/tokens.css";
import "./design/base.css";

awaitDossiers();
const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <Boundary>
      <App />
    </Boundary>,
  );
}
registerWorker();
