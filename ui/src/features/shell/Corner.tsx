import { useMantineColorScheme } from "@mantine/core";
import { Command, Monitor, Moon, Sun } from "lucide-react";
import { Button } from "../../components/Button";
import styles from "./Corner.module.css";
import { showKeys } from "./keys";
import { showPalette } from "./Shell";

const NEXT = { light: "dark", dark: "auto", auto: "light" } as const;
const WORDS = { light: "light", dark: "dark", auto: "as the system" };
const GLYPHS = { light: Sun, dark: Moon, auto: Monitor };
const APPLE = /Mac|iPhone|iPad/.test(navigator.platform);

/** The end of every bar: commands, keys and theme. */
export function Corner() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const Glyph = GLYPHS[colorScheme];
  const next = NEXT[colorScheme];
  const label = `Theme: ${WORDS[colorScheme]}. Change to ${WORDS[next]}`;
  const chord = APPLE ? "⌘K" : "Ctrl K";
  return (
    <>
      <Button look="quiet" aria-label={`Commands, ${chord}`} title={`Commands (${chord})`} onClick={showPalette}>
        <span className={styles.chord}>{chord}</span>
        <Command size={16} aria-hidden className={styles.command} />
      </Button>
      <Button look="quiet" className={styles.keys} aria-label="Keys" title="Keys (?)" onClick={showKeys}>
        ?
      </Button>
      <Button
        look="quiet"
        className={styles.theme}
        aria-label={label}
        title={label}
        onClick={() => setColorScheme(next)}
      >
        <Glyph size={16} aria-hidden />
      </Button>
    </>
  );
}
