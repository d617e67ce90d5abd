"""The words and limits of ``symptom-diary/1`` as plain constants.

They stand apart from the values that use them because ``diary assess`` checks files without loading those values: a
cold start that has to build no class is three times faster. Nothing here imports anything.
"""

FORMAT = "symptom-diary/1"

REPORTERS = ("patient", "caregiver", "clinician")
PROFILES = ("standard", "uk")

TEMPERATURE_UNITS = ("Cel", "[degF]")
TEMPERATURE_SITES = ("oral", "ear", "forehead", "armpit")
POSITIONS = ("sitting", "lying")

DOSE_STATUSES = ("taken", "missed", "stopped")
DOSE_REASONS = ("felt_hot",)
ANTI_CYTOKINE_NAMES = ("anakinra", "siltuximab", "emapalumab", "ruxolitinib")
MEDICINE_KINDS = (
    "antipyretic",
    "steroid",
    "tocilizumab",
    "nsaid",
    "anti_cytokine",
    "anti_seizure",
    "anti_infective",
)

NOT_DONE_REASONS = ("too_sleepy_or_confused",)
ITEM_POINTS = {
    "year": 1,
    "month": 1,
    "town": 1,
    "hospital": 1,
    "name_objects": 3,
    "command": 1,
    "sentence": 1,
    "count_back": 1,
}
"""The highest points of each item of the neuro check; together 10 (evidence part 1.3)."""

POSSIBLE = {
    "temperature_celsius": ("30.0", "43.5"),
    "temperature_fahrenheit": ("86.0", "110.3"),
    "systolic": ("40", "300"),
    "diastolic": ("20", "200"),
    "pulse": ("20", "300"),
    "child_pulse": ("20", "300"),
    "oxygen_saturation": ("40", "100"),
    "respiratory_rate": ("4", "100"),
    "neuro_score": ("0", "10"),
    "capd_score": ("0", "32"),
}
"""The lowest and highest value of each kind that is possible; anything else is refused (evidence part 4.1)."""

CALL_TEMPERATURE = ("37.5", "38.0")
"""The floor and ceiling, in °C, of the temperature that a care team may choose to mean *call* (part 5.0, rule 20)."""

SIGN_IDS = frozenset(
    """
    feels_very_unwell worried_something_is_wrong
    confused trouble_finding_words cannot_speak_or_understand seeing_or_hearing_things not_themselves
    child_not_themselves sleepier_than_usual wakes_only_when_called hard_to_wake neuro_check_refused_too_sleepy
    handwriting_changed tremor twitching_or_jerks seizure severe_headache sudden_worst_headache stiff_neck
    blurred_or_double_vision face_weakness sudden_face_droop one_sided_weakness sudden_loss_of_sight_or_balance
    new_fall head_injury
    shaking_chills dizzy_or_unsteady light_headed_on_standing fainted cold_and_sweaty too_weak_to_get_up
    breathless_on_exertion breathless_at_rest cannot_finish_a_sentence blue_lips ribs_pulling_in_or_grunting
    wheeze_or_noisy_breathing chest_pain irregular_or_pounding_heartbeat
    tight_throat_or_hoarse_voice swollen_tongue face_or_lip_swelling neck_or_throat_swelling hives_or_flushing
    mild_rash widespread_rash rash_does_not_fade shingles_rash sign_of_infection
    bruising_or_minor_bleeding bleeding_that_will_not_stop vomiting_or_coughing_blood black_or_bloody_stool
    mild_nausea repeated_vomiting cannot_keep_fluids_down_12_hours loose_stools_4_or_more loose_stools_7_or_more
    loose_stools_for_days belly_pain severe_belly_pain swollen_or_hard_belly yellow_eyes_or_dark_urine
    no_urine_8_hours no_urine_12_hours no_urine_18_hours new_incontinence
    tired weak_legs tingling_or_weakness_rising_in_legs trouble_swallowing slow_or_shuffling_movement
    slow_change_in_sight_speech_or_balance severe_muscle_or_joint_pain swollen_or_painful_arm_or_leg weight_loss
    new_lump_or_night_sweats
    """.split()  # noqa: SIM905 - Eighty words are read more easily than eighty quoted ones.
)
"""The ids of every sign; :mod:`diary.domain.sign` gives them their words, and a test holds the two together."""
