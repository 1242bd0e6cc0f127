import type { ReactNode } from "react";

interface Card {
  value: string;
  title: string;
  text: string;
}

interface Props {
  legend: string;
  name: string;
  cards: Card[];
  chosen: string;
  onChoose: (value: string) => void;
  children?: ReactNode;
}

/** A few choices that deserve more than a line each; a group of radio buttons. */
export function ChoiceCards({ legend, name, cards, chosen, onChoose, children }: Props) {
  return (
    <fieldset className="nano-choices">
      <legend>{legend}</legend>
      <div className="nano-choice-row">
        {cards.map(({ value, title, text }) => (
          <label key={value} className="nano-choice">
            <input type="radio" name={name} value={value} checked={value === chosen} onChange={() => onChoose(value)} />
            <strong>{title}</strong>
            <span className="nano-dim">{text}</span>
          </label>
        ))}
      </div>
      {children}
    </fieldset>
  );
}
