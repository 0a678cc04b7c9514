/** Where the reader was, by entry of the browser's history: Back finds the same place. */
export interface PlaceInList {
  /** Which list: another one under the same entry begins at its top. */
  list: string;
  offset: number;
  cursor: number;
  picked: readonly string[];
}

const PLACES_MAX = 100;
const places = new Map<string, PlaceInList>();

export function keepPlace(entry: string, place: PlaceInList): void {
  places.delete(entry);
  places.set(entry, place);
  for (const oldest of places.keys()) {
    if (places.size <= PLACES_MAX) break;
    places.delete(oldest);
  }
}

/** The same list as it was seen last, under whichever entry: who comes from a session of it comes back. */
export function lastPlaceOf(list: string): PlaceInList | null {
  return [...places.values()].reverse().find((place) => place.list === list) ?? null;
}

export function placeOf(entry: string, list: string): PlaceInList | null {
  const place = places.get(entry);
  return place?.list === list ? place : null;
}
