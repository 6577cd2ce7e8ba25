-- How often the intervention was given.
{{ volume_van('volume_multitrauma', 'multitrauma') }}
