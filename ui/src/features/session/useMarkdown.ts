import { useEffect, useState } from "react";

let here = false;
const loaded = import("../../components/Markdown").then(mark, mark);

function mark(): void {
  here = true;
}

/** Whether messages can be drawn as they stay: what reads Markdown is a part of its own, or will not come. */
export function useMarkdown(): boolean {
  const [known, setKnown] = useState(here);
  useEffect(() => {
    if (!known) void loaded.then(() => setKnown(true));
  }, [known]);
  return known;
}
