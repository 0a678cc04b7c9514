import "@mantine/core/styles/default-css-variables.css";
import "@mantine/core/styles/UnstyledButton.css";
import "@mantine/core/styles/Popover.css";
import "@mantine/core/styles/Menu.css";
import "./fonts.css";
import "./tokens.css";
import "./base.css";
import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { createRoot } from "react-dom/client";
import { ApiError } from "./api/client";
import { makeRouter } from "./app/router";
import { nonce, resolver, schemeManager, theme } from "./app/theme";

// Libraries that write <style> elements read it from here.
Object.assign(globalThis, { __webpack_nonce__: nonce });

// A part of the page that is gone was replaced by a newer build while this page stood open: load that one, once.
window.addEventListener("vite:preloadError", (event) => {
  if (sessionStorage.getItem("threadline-reloaded") === window.location.href) return;
  sessionStorage.setItem("threadline-reloaded", window.location.href);
  event.preventDefault();
  window.location.reload();
});

const client = new QueryClient({
  defaultOptions: {
    queries: {
      refetchOnWindowFocus: false,
      gcTime: 10 * 60_000,
      staleTime: 5_000,
      // What the server refused stays refused; what it could not answer is asked again once.
      retry: (count, error) => count < 1 && !(error instanceof ApiError && error.status >= 400 && error.status < 500),
    },
  },
});

const router = makeRouter(client);

createRoot(document.getElementById("root")!).render(
  <MantineProvider
    theme={theme}
    cssVariablesResolver={resolver}
    colorSchemeManager={schemeManager}
    defaultColorScheme="auto"
    getStyleNonce={() => nonce}
  >
    <QueryClientProvider client={client}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </MantineProvider>,
);
