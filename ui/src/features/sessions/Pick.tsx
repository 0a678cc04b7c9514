import type { Session } from "../../api/types";
import styles from "./Pick.module.css";
import type { Picked } from "./usePicked";

interface Props {
  session: Session;
  picked: Picked;
  order: readonly string[];
}

/** Picks one session; with Shift all from the last one picked. */
export function Pick({ session, picked, order }: Props) {
  const on = picked.all || picked.ids.has(session.id);
  return (
    <label className={styles.box}>
      <input
        type="checkbox"
        aria-label={`Pick “${(session.first_input ?? session.session_id).slice(0, 60)}”`}
        title="x"
        checked={on}
        onChange={(event) => {
          const index = order.indexOf(session.id);
          if ((event.nativeEvent as MouseEvent).shiftKey) picked.toward(index, order);
          else picked.toggle(session.id, index);
        }}
      />
    </label>
  );
}

/** Picks all rows that are loaded, or lets go of all. */
export function PickAll({ picked, order }: { picked: Picked; order: readonly string[] }) {
  const some = picked.ids.size > 0 || picked.all;
  const every = picked.all || (order.length > 0 && order.every((id) => picked.ids.has(id)));
  return (
    <label className={styles.box}>
      <input
        type="checkbox"
        aria-label="Pick all loaded sessions"
        checked={every}
        ref={(box) => {
          if (box) box.indeterminate = some && !every;
        }}
        onChange={() => (some ? picked.clear() : picked.set(order))}
      />
    </label>
  );
}
