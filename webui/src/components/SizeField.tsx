import { FormGroup } from "pf/Form";
import { FormSelect, FormSelectOption } from "pf/FormSelect";
import { InputGroup, InputGroupItem } from "pf/InputGroup";
import { TextInput } from "pf/TextInput";
import { useTranslation } from "react-i18next";

import { type TypedSize, typed, type Unit, UNITS } from "@/format/sizes";
import { FieldHelp } from "./FieldHelp";

interface Props {
  id: string;
  label: string;
  value: TypedSize;
  onChange: (value: TypedSize) => void;
  help?: string | undefined;
  problem?: string | undefined;
}

/** A number and its unit; changing the unit keeps the size, typing "512m" sets both. */
export function SizeField({ id, label, value, onChange, help, problem }: Props) {
  const { t } = useTranslation();
  const convert = (unit: Unit): void => {
    const number = Number(value.text.replace(",", "."));
    const text = number > 0 ? String(Number(((number * UNITS[value.unit]) / UNITS[unit]).toFixed(4))) : value.text;
    onChange({ text, unit });
  };
  return (
    <FormGroup label={label} fieldId={id} isRequired>
      <InputGroup>
        <InputGroupItem isFill>
          <TextInput
            id={id}
            inputMode="decimal"
            value={value.text}
            onChange={(_event, text) => onChange(typed(text, value.unit))}
            validated={problem ? "error" : "default"}
            aria-describedby={help || problem ? `${id}-help` : undefined}
            autoComplete="off"
            required
          />
        </InputGroupItem>
        <InputGroupItem>
          <FormSelect value={value.unit} onChange={(_event, unit) => convert(unit as Unit)} aria-label={t("unitOf", { name: label })} className="nano-unit">
            {Object.keys(UNITS).map((unit) => (
              <FormSelectOption key={unit} value={unit} label={unit} />
            ))}
          </FormSelect>
        </InputGroupItem>
      </InputGroup>
      <FieldHelp id={id} help={help} problem={problem} />
    </FormGroup>
  );
}
