import { useMantineColorScheme } from "@mantine/core";
import { Monitor, Moon, Sun } from "lucide-react";
import { Button } from "../../components/Button";
import styles from "./Corner.module.css";
import { showKeys } from "./keys";

const NEXT = { light: "dark", dark: "auto", auto: "light" } as const;
const WORDS = { light: "light", dark: "dark", auto: "as the system" };
const GLYPHS = { light: Sun, dark: Moon, auto: Monitor };

/** The end of every bar: keys and theme. */
export function Corner() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const Glyph = GLYPHS[colorScheme];
  const next = NEXT[colorScheme];
  const label = `Theme: ${WORDS[colorScheme]}. Change to ${WORDS[next]}`;
  return (
    <>
      <Button look="quiet" className={styles.keys} aria-label="Keys" title="Keys (?)" onClick={showKeys}>
        ?
      </Button>
      <Button look="quiet" aria-label={label} title={label} onClick={() => setColorScheme(next)}>
        <Glyph size={16} aria-hidden />
      </Button>
    </>
  );
}
