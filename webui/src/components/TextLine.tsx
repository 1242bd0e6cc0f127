import { FormGroup } from "pf/Form";
import { TextInput } from "pf/TextInput";

import { FieldHelp } from "./FieldHelp";

interface Props {
  id: string;
  label: string;
  value: string;
  onChange: (value: string) => void;
  help?: string | undefined;
  problem?: string | undefined;
  type?: "text" | "password" | "email" | "number";
  autoComplete?: string;
  autoFocus?: boolean;
  required?: boolean;
  inputMode?: "numeric" | "decimal";
}

/** One line of text with its label, and below it help or what is wrong. */
export function TextLine({ id, label, value, onChange, help, problem, type = "text", autoComplete = "off", autoFocus = false, required = false, inputMode }: Props) {
  return (
    <FormGroup label={label} fieldId={id} isRequired={required}>
      <TextInput
        id={id}
        type={type}
        value={value}
        onChange={(_event, text) => onChange(text)}
        autoComplete={autoComplete}
        autoCapitalize="off"
        spellCheck={false}
        autoFocus={autoFocus}
        required={required}
        validated={problem ? "error" : "default"}
        aria-describedby={help || problem ? `${id}-help` : undefined}
        {...(inputMode ? { inputMode } : {})}
      />
      <FieldHelp id={id} help={help} problem={problem} />
    </FormGroup>
  );
}
