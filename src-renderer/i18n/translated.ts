/** The shape of the English strings, with any words in it: what another language has to say in full. */
export type Translated<Strings> = {
  readonly [Key in keyof Strings]: Strings[Key] extends string ? string : Translated<Strings[Key]>
}
