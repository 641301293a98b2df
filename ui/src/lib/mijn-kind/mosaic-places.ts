/** A place in the mosaic, in grid lines: it is there before the photo is. */
export interface Place {
  column: string;
  row: string;
}

export interface Mosaic {
  columns: number;
  rows: number;
  /** Width to height of the whole. */
  aspect: string;
  places: Place[];
}

/** From this many on a series scrolls sideways. */
export const STRIP_FROM = 5;

const whole = (from: number, to: number) => `${from} / ${to}`;

/** Where each of one to four photos stands. The sizes of the photos play no part: nobody knows them yet. */
export function mosaic(count: number): Mosaic {
  switch (count) {
    case 1:
      return { columns: 1, rows: 1, aspect: '4 / 3', places: [at(1, 2, 1, 2)] };
    case 2:
      return { columns: 2, rows: 1, aspect: '8 / 5', places: [at(1, 2, 1, 2), at(2, 3, 1, 2)] };
    case 3:
      return {
        columns: 3,
        rows: 2,
        aspect: '3 / 2',
        places: [at(1, 3, 1, 3), at(3, 4, 1, 2), at(3, 4, 2, 3)],
      };
    default:
      return {
        columns: 2,
        rows: 2,
        aspect: '4 / 3',
        places: [at(1, 2, 1, 2), at(2, 3, 1, 2), at(1, 2, 2, 3), at(2, 3, 2, 3)],
      };
  }
}

function at(left: number, right: number, top: number, bottom: number): Place {
  return { column: whole(left, right), row: whole(top, bottom) };
}
