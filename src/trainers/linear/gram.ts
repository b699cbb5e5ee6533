import { dotRow } from './row-products.js';

/**
 * Z'Z, four rows at a time so that each sum is loaded and stored once for four products.
 * @param data rows x columns, row-major.
 * @returns columns x columns, row-major, symmetric.
 */
export function gramOfColumns(data: Float64Array, rows: number, columns: number): Float64Array {
  const gram = new Float64Array(columns * columns);
  const end = rows * columns;
  let a = 0;
  for (; a + 3 * columns < end; a += 4 * columns) {
    const b = a + columns;
    const c = b + columns;
    const d = c + columns;
    for (let j = 0; j < columns; j++) {
      const aj = data[a + j]!;
      const bj = data[b + j]!;
      const cj = data[c + j]!;
      const dj = data[d + j]!;
      const row = j * columns;
      for (let k = j; k < columns; k++) {
        gram[row + k]! += aj * data[a + k]! + bj * data[b + k]! + (cj * data[c + k]! + dj * data[d + k]!);
      }
    }
  }
  for (; a < end; a += columns) {
    for (let j = 0; j < columns; j++) {
      const aj = data[a + j]!;
      for (let k = j; k < columns; k++) gram[j * columns + k]! += aj * data[a + k]!;
    }
  }
  mirror(gram, columns);
  return gram;
}

/** Z Z'. @returns rows x rows, row-major, symmetric. */
export function gramOfRows(data: Float64Array, rows: number, columns: number): Float64Array {
  const gram = new Float64Array(rows * rows);
  for (let i = 0; i < rows; i++) {
    const row = data.subarray(i * columns, (i + 1) * columns);
    for (let j = i; j < rows; j++) gram[i * rows + j] = dotRow(data, j * columns, row);
  }
  mirror(gram, rows);
  return gram;
}

function mirror(matrix: Float64Array, size: number): void {
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < i; j++) matrix[i * size + j] = matrix[j * size + i]!;
  }
}
