import { useMediaQuery } from "@mantine/hooks";
import { useState } from "react";

const TIMELINE = "threadline-timeline";

export type Drawer = "" | "index" | "facts";

/** What of the page is open, by room and by choice. */
export function useView() {
  const wide = useMediaQuery("(min-width: 1200px)", undefined, { getInitialValueInEffect: false }) ?? true;
  const middle = useMediaQuery("(min-width: 768px)", undefined, { getInitialValueInEffect: false }) ?? true;
  const [drawer, setDrawer] = useState<Drawer>("");
  const [dialog, setDialog] = useState<"" | "compare" | "delete">("");
  const [timeline, setTimeline] = useState(() => localStorage.getItem(TIMELINE) === "on");
  const toggleTimeline = () => {
    localStorage.setItem(TIMELINE, timeline ? "off" : "on");
    setTimeline(!timeline);
  };
  return { wide, middle, drawer, setDrawer, dialog, setDialog, timeline, toggleTimeline };
}
