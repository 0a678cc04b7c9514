import { useState } from "react";
import { CopyButton } from "../../components/CopyButton";
import { Tabs } from "../../components/Tabs";
import styles from "./HowToSend.module.css";
import { ports } from "./ports";
import { type Snippet, snippets } from "./snippets";

/** How to send, for the ways that are most common. */
export function HowToSend() {
  const [chosen, setChosen] = useState("opentelemetry");
  const all = snippets(window.location.origin, ports().grpc);
  return (
    <Tabs
      label="How to send"
      chosen={chosen}
      choose={setChosen}
      tabs={all.map((snippet) => ({ id: snippet.id, label: snippet.label, panel: () => <Shown snippet={snippet} /> }))}
    />
  );
}

function Shown({ snippet }: { snippet: Snippet }) {
  return (
    <div className={styles.snippet}>
      {snippet.install && <Block code={snippet.install} label="Copy the command" />}
      <Block code={snippet.code} label="Copy the lines" />
    </div>
  );
}

function Block({ code, label }: { code: string; label: string }) {
  return (
    <div className={styles.block}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: long lines are scrolled by keyboard */}
      <pre className={styles.code} tabIndex={0}>
        {code}
      </pre>
      <span className={styles.copy}>
        <CopyButton text={code} label={label} />
      </span>
    </div>
  );
}
