import { type CSSVariablesResolver, createTheme, localStorageColorSchemeManager } from "@mantine/core";

/** Mantine draws with our tokens; it brings behaviour, not a look. */
export const theme = createTheme({
  fontFamily: "var(--font-text)",
  fontFamilyMonospace: "var(--font-mono)",
  defaultRadius: "sm",
  respectReducedMotion: true,
  cursorType: "pointer",
});

const variables = {
  "--mantine-color-body": "var(--surface)",
  "--mantine-color-text": "var(--text)",
  "--mantine-color-dimmed": "var(--muted)",
  "--mantine-color-default-border": "var(--line)",
  "--mantine-shadow-md": "var(--shadow)",
  "--mantine-font-size-sm": "var(--ui)",
};

export const resolver: CSSVariablesResolver = () => ({ variables, light: variables, dark: variables });

/** `public/theme.js` reads the same key before the first paint. */
export const schemeManager = localStorageColorSchemeManager({ key: "threadline-theme" });

/** The nonce of this answer's style policy; the server writes it into the page. */
export const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? "";
