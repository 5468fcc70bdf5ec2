import { useState } from "react";
import type { Reason, Territory } from "../api/contract";
import { Choice } from "../forms/Choice";
import { SearchSelect } from "../forms/SearchSelect";
import { TextInput } from "../forms/TextInput";
import css from "./dossier.module.css";
import { type Dossier, readDossier } from "./dossier";
import { d } from "./messages";

interface Props {
  territories: readonly Territory[];
  reasons: readonly Reason[];
  onOpen: (dossier: Dossier) => void;
}

const NOTHING = { numero: "", commune: "", age: "", sexe: "", motif: "" };

/** For a software that cannot open the board by itself: the number is enough. */
export function DossierForm({ territories, reasons, onOpen }: Props): React.JSX.Element {
  const [said, setSaid] = useState(NOTHING);
  const [wrong, setWrong] = useState<readonly string[]>([]);
  const set = (part: Partial<typeof NOTHING>): void => {
    setSaid({ ...said, ...part });
    setWrong(wrong.filter((name) => !(name in part)));
  };
  const submit = (event: React.FormEvent): void => {
    event.preventDefault();
    const dossier = readDossier(new URLSearchParams(said).toString());
    if (dossier && dossier.unread.length === 0) onOpen(dossier);
    else setWrong(dossier?.unread ?? ["numero"]);
  };
  const communes = territories.flatMap(({ communes: all }) => all);
  return (
    <form className={css.form} onSubmit={submit} noValidate autoComplete="off">
      <h2>{d.title}</h2>
      <p>{d.lead}</p>
      <TextInput label={d.number} value={said.numero} error={wrong.includes("numero") ? d.numberWrong : undefined} onChange={(numero) => set({ numero })} />
      <SearchSelect label={d.commune} optional value={said.commune} choices={communes.map(({ code, name, postalCode }) => ({ id: code, text: name, note: postalCode }))} onChange={(commune) => set({ commune })} />
      <TextInput label={d.age} optional value={said.age} error={wrong.includes("age") ? d.ageWrong : undefined} onChange={(age) => set({ age })} />
      <Choice label={d.sex} value={said.sexe} options={(["F", "M", "I"] as const).map((sex) => [sex, sex])} compact onChange={(sexe) => set({ sexe })} />
      <SearchSelect label={d.reason} optional value={said.motif} choices={reasons.map(({ code, label }) => ({ id: code, text: label, note: code }))} onChange={(motif) => set({ motif })} />
      <button type="submit" className="button primary">{d.open}</button>
    </form>
  );
}
