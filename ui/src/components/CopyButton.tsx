import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { copyText } from "../core/clipboard";
import { Button } from "./Button";

/** Copies `text`; says so for two seconds. */
export function CopyButton({ text, label, word }: { text: string | (() => string); label: string; word?: string }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    if (!(await copyText(typeof text === "string" ? text : text()))) return;
    setCopied(true);
    setTimeout(() => setCopied(false), 2000);
  };
  return (
    <Button look={word ? "plain" : "quiet"} inline={!word} onClick={copy} aria-label={label} title={label}>
      {copied ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />}
      {word && <span>{copied ? "Copied" : word}</span>}
      <span className="unseen" role="status">
        {copied ? "Copied" : ""}
      </span>
    </Button>
  );
}
