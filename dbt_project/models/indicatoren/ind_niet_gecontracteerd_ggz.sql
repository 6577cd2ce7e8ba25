-- Declared euros of ggz, and how much of them without a contract.
{{ niet_gecontracteerd('niet_gecontracteerd_ggz', 'ggz') }}
