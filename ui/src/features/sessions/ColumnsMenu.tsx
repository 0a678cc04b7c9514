import { Popover } from "@mantine/core";
import { ChevronDown, ChevronUp, Columns3, Minus, Plus } from "lucide-react";
import { useState } from "react";
import { Button } from "../../components/Button";
import { Choice } from "../../components/Choice";
import { usePreference } from "../../core/preferences";
import styles from "./ColumnsMenu.module.css";
import type { Sized } from "./layout";
import type { ColumnChoice } from "./useColumnChoice";

const STEP_PX = 16;

/** Of any list's columns. */
type Choices = ColumnChoice<Sized & { header: string }>;

/** Which columns, in which order, how wide; and how dense the rows and in which words the times are. */
export function ColumnsMenu({ choice }: { choice: Choices }) {
  const [open, setOpen] = useState(false);
  const [density, setDensity] = usePreference("density");
  const [times, setTimes] = usePreference("times");
  const [zone, setZone] = usePreference("zone");
  return (
    <Popover
      opened={open}
      onChange={setOpen}
      position="bottom-end"
      offset={4}
      trapFocus
      returnFocus
      transitionProps={{ duration: 0 }}
      classNames={{ dropdown: styles.dropdown! }}
    >
      <Popover.Target>
        <Button aria-label="Columns and rows" onClick={() => setOpen(!open)}>
          <Columns3 size={16} aria-hidden />
          <span className={styles.word}>Columns</span>
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Columns and rows">
        <ul className={styles.list} aria-label="Columns">
          {choice.all.map(({ column, shown, width }, at) => (
            <li key={column.id} className={styles.line}>
              <label className={styles.name}>
                <input
                  type="checkbox"
                  checked={shown}
                  onChange={(event) => choice.show(column.id, event.target.checked)}
                />
                {column.header}
              </label>
              <Step label={`${column.header} narrower`} act={() => choice.resize(column.id, width - STEP_PX)}>
                <Minus size={14} aria-hidden />
              </Step>
              <Step label={`${column.header} wider`} act={() => choice.resize(column.id, width + STEP_PX)}>
                <Plus size={14} aria-hidden />
              </Step>
              <Step label={`${column.header} up`} off={at === 0} act={() => choice.step(column.id, -1)}>
                <ChevronUp size={14} aria-hidden />
              </Step>
              <Step
                label={`${column.header} down`}
                off={at === choice.all.length - 1}
                act={() => choice.step(column.id, 1)}
              >
                <ChevronDown size={14} aria-hidden />
              </Step>
            </li>
          ))}
        </ul>
        <Button inline look="quiet" onClick={choice.reset}>
          As they were
        </Button>
        <div className={styles.choices}>
          <Choice
            label="Rows"
            options={[
              ["comfortable", "Comfortable"],
              ["compact", "Compact"],
            ]}
            chosen={density}
            choose={setDensity}
          />
          <Choice
            label="Times"
            options={[
              ["relative", "2 min"],
              ["exact", "14:03"],
            ]}
            chosen={times}
            choose={setTimes}
          />
          <Choice
            label="Time zone"
            options={[
              ["viewer", "My time"],
              ["utc", "UTC"],
            ]}
            chosen={zone}
            choose={setZone}
          />
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}

function Step({
  label,
  off = false,
  act,
  children,
}: {
  label: string;
  off?: boolean;
  act: () => void;
  children: React.ReactNode;
}) {
  return (
    <Button inline look="quiet" aria-label={label} title={label} aria-disabled={off || undefined} onClick={act}>
      {children}
    </Button>
  );
}
