-- Declared euros of wijkverpleging, and how much of them without a contract.
{{ niet_gecontracteerd('niet_gecontracteerd_wijkverpleging', 'wijkverpleging') }}
