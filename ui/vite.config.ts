import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { precompress } from "./build/precompress.ts";

const server = process.env.THREADLINE_SERVER ?? "http://127.0.0.1:6006";

export default defineConfig({
  plugins: [react(), precompress()],
  // Small files stay files: the page's policy allows no data: fonts or styles.
  build: {
    outDir: "../src/threadline/server/static",
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: "es2022",
    reportCompressedSize: false,
  },
  server: { proxy: { "/v1": server, "/openapi.json": server } },
  test: { include: ["src/**/*.test.ts"] },
});
