import { type CSSVariablesResolver, createTheme, type MantineColorSchemeManager } from "@mantine/core";
import { preference, setPreference, watchPreferences } from "../core/preferences";

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

let stop = () => {};

/** The theme is a preference like the others; Mantine hears of it. */
export const schemeManager: MantineColorSchemeManager = {
  get: () => preference("theme"),
  set: (scheme) => setPreference("theme", scheme),
  subscribe: (update) => {
    stop = watchPreferences(() => update(preference("theme")));
  },
  unsubscribe: () => stop(),
  clear: () => setPreference("theme", "auto"),
};

/** The nonce of this answer's style policy; the server writes it into the page. */
export const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? "";
