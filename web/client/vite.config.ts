import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const server = process.env["SNP_SERVER"] ?? "http://localhost:8080";

export default defineConfig({
  plugins: [react()],
  build: {
    outDir: "../wwwroot",
    emptyOutDir: true,
    target: "es2022",
    assetsInlineLimit: 0, // keeps a strict Content-Security-Policy possible: no data: addresses
    modulePreload: { polyfill: false },
  },
  server: {
    proxy: {
      "/api": server,
      "/hubs": { target: server, ws: true },
    },
  },
});
