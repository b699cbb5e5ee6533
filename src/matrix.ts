/** Rows x columns, row-major. NaN is a missing value, which there is only where `encode: native` leaves some. */
export interface Matrix {
  readonly data: Float64Array;
  readonly rows: number;
  readonly columns: number;
}
