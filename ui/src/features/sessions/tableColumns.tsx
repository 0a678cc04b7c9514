import type { Session } from "../../api/types";
import type { Column } from "../../components/Table";
import { Conversation } from "./Conversation";
import { fitting } from "./layout";
import { Pick, PickAll } from "./Pick";
import type { ColumnChoice } from "./useColumnChoice";
import type { Picked } from "./usePicked";
import type { Room } from "./useRoom";

interface Parts {
  project: string;
  /** What the rows were found by. */
  query: string;
  room: Room;
  choice: ColumnChoice;
  picked: Picked;
  /** Ids of the loaded rows. */
  order: readonly string[];
  compact: boolean;
}

/** What a phone's card shows beneath its words. */
const ON_CARD = new Set(["turns", "errors", "latency", "last"]);

/** The table's columns: a box to pick the row, the conversation, then what the reader chose. */
export function tableColumns({ project, query, room, choice, picked, order, compact }: Parts): Column<Session>[] {
  const { stacked } = room;
  const chosen = stacked ? choice.all.filter((each) => ON_CARD.has(each.column.id)) : fitting(choice.all, room.width);
  return [
    {
      id: "pick",
      header: "Picked",
      head: <PickAll picked={picked} order={order} />,
      track: "24px",
      fixed: true,
      cell: (row) => <Pick session={row} picked={picked} order={order} />,
    },
    {
      id: "conversation",
      header: "Conversation",
      track: "minmax(0, 1fr)",
      fixed: true,
      cell: (row) => (
        <Conversation
          project={project}
          query={query}
          session={row}
          compact={compact && !stacked}
          narrow={room.width < 900}
        />
      ),
    },
    ...chosen.map(({ column, width }) => ({
      id: column.id,
      header: column.header,
      track: `${width}px`,
      figure: column.figure,
      ...(column.sort ? { sort: column.sort } : {}),
      cell: (row: Session) => column.cell(row, stacked),
    })),
  ];
}
