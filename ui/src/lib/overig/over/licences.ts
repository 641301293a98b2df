/** The licence texts that `cargo xtask parts` collects. */
export interface Licences {
  /** Of the app itself. */
  own: string;
  /** Of what it is made of: each text once, with the parts it is for. */
  texts: { parts: string[]; text: string }[];
}
