import { useEffect, useState } from "react";
import { TextInput } from "pf/TextInput";

import { changeQuery } from "@/router";

const TYPING = 300;

interface Props {
  /** What the address looks for now (`q`). */
  keyword: string;
  label: string;
  hint: string;
}

/** The address follows the typing after a moment; Enter at once. */
export function SearchField({ keyword, label, hint }: Props) {
  const [text, setText] = useState(keyword);
  const [shown, setShown] = useState(keyword);
  if (shown !== keyword) {
    setShown(keyword);
    setText(keyword);
  }
  const search = (wanted: string): void => changeQuery({ q: wanted.trim(), page: "" }, { replace: true });
  useEffect(() => {
    if (text.trim() === keyword) return undefined;
    const timer = setTimeout(() => search(text), TYPING);
    return () => clearTimeout(timer);
  }, [text, keyword]);
  return (
    <TextInput
      type="search"
      value={text}
      onChange={(_event, value) => setText(value)}
      onKeyDown={(event) => {
        if (event.key === "Enter") search(text);
      }}
      placeholder={hint}
      aria-label={label}
      className="nano-search"
    />
  );
}
