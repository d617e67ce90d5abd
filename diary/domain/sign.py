"""Signs: what a person can see or feel, as plain questions. The ids are those of ``symptom-diary/1``.

A sign is asked about in one group; "none of these" answers no to every sign of its group that was on the page.
"""

from dataclasses import dataclass
from typing import Final

from diary.domain.wording import mark


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign: its id, its words for the reader, and the last age (years completed) at which it is asked about."""

    id: str
    words: str
    to_age: int = 200

    def is_asked_at(self, age: int | None) -> bool:
        """Whether somebody of this age is asked; an unknown age is an adult's."""
        return (18 if age is None else age) <= self.to_age


@dataclass(frozen=True, slots=True)
class SignGroup:
    """Signs that are asked about together, under one question."""

    id: str
    title: str
    signs: tuple[Sign, ...]


GENERAL: Final = SignGroup(
    "general",
    mark("How are you?"),
    (
        Sign("feels_very_unwell", mark("I feel very unwell")),
        Sign("worried_something_is_wrong", mark("Something is wrong")),
    ),
)
"""The two that come first on the page, before any number."""

GROUPS: Final = (
    GENERAL,
    SignGroup(
        "thinking",
        mark("Thinking, speech and sleep"),
        (
            Sign("confused", mark("Confused, muddled or not making sense")),
            Sign("trouble_finding_words", mark("Trouble finding words, or slow or mixed-up speech")),
            Sign("cannot_speak_or_understand", mark("Cannot speak, or cannot understand")),
            Sign("seeing_or_hearing_things", mark("Seeing or hearing things that are not there")),
            Sign("not_themselves", mark("Not like themselves: restless, upset or angry")),
            Sign("child_not_themselves", mark("A child who makes no eye contact or cannot be comforted"), to_age=17),
            Sign("sleepier_than_usual", mark("Sleepier than usual, but wakes alone")),
            Sign("wakes_only_when_called", mark("Wakes only when called, or keeps drifting off")),
            Sign("hard_to_wake", mark("Very hard to wake up")),
            Sign("neuro_check_refused_too_sleepy", mark("Too tired, sleepy or confused to answer")),
        ),
    ),
    SignGroup(
        "nerves",
        mark("Head, face, hands and movement"),
        (
            Sign("handwriting_changed", mark("Writing looks different")),
            Sign("tremor", mark("Shaky hands")),
            Sign("twitching_or_jerks", mark("Twitching or jerking")),
            Sign("seizure", mark("A fit (seizure), or staring and not answering")),
            Sign("severe_headache", mark("A very bad headache")),
            Sign("sudden_worst_headache", mark("A sudden headache, the worst ever")),
            Sign("stiff_neck", mark("A stiff neck")),
            Sign("blurred_or_double_vision", mark("Blurred or double sight")),
            Sign("face_weakness", mark("A weak or numb face that came on slowly")),
            Sign("sudden_face_droop", mark("One side of the face drooped suddenly")),
            Sign("one_sided_weakness", mark("A weak arm or leg on one side")),
            Sign("sudden_loss_of_sight_or_balance", mark("Sudden loss of sight or balance")),
            Sign("new_fall", mark("A fall")),
            Sign("head_injury", mark("A knock on the head")),
        ),
    ),
    SignGroup(
        "faint",
        mark("Chills, dizzy or faint"),
        (
            Sign("shaking_chills", mark("Shaking chills")),
            Sign("dizzy_or_unsteady", mark("Dizzy or unsteady")),
            Sign("light_headed_on_standing", mark("Light-headed on standing up")),
            Sign("fainted", mark("Fainted or collapsed")),
            Sign("cold_and_sweaty", mark("Cold, sweaty, grey or blotchy skin")),
            Sign("too_weak_to_get_up", mark("Too weak to get out of bed")),
        ),
    ),
    SignGroup(
        "breathing",
        mark("Breathing, chest and heart"),
        (
            Sign("breathless_on_exertion", mark("Out of breath when moving, and that is new")),
            Sign("breathless_at_rest", mark("Out of breath when sitting still")),
            Sign("cannot_finish_a_sentence", mark("Too breathless to finish a sentence")),
            Sign("blue_lips", mark("Blue or grey lips")),
            Sign("ribs_pulling_in_or_grunting", mark("Ribs pulling in, or grunting with each breath")),
            Sign("wheeze_or_noisy_breathing", mark("Wheezing or noisy breathing")),
            Sign("chest_pain", mark("Chest pain or a tight chest")),
            Sign("irregular_or_pounding_heartbeat", mark("A pounding, fast or uneven heartbeat")),
        ),
    ),
    SignGroup(
        "throat_and_skin",
        mark("Throat, swelling and skin"),
        (
            Sign("tight_throat_or_hoarse_voice", mark("A tight throat or a hoarse voice")),
            Sign("swollen_tongue", mark("A swollen tongue")),
            Sign("face_or_lip_swelling", mark("A swollen face or lips")),
            Sign("neck_or_throat_swelling", mark("A swollen neck or throat, or a changed voice")),
            Sign("hives_or_flushing", mark("Hives (itchy bumps) or flushed skin")),
            Sign("mild_rash", mark("A small rash")),
            Sign("widespread_rash", mark("A rash over much of the body")),
            Sign("rash_does_not_fade", mark("Spots or a rash that stay when you press a glass on them")),
            Sign("shingles_rash", mark("Painful blisters in a stripe (shingles)")),
            Sign(
                "sign_of_infection", mark("A sore, red or leaking line or wound, a new cough, or burning when you pee")
            ),
        ),
    ),
    SignGroup(
        "bleeding",
        mark("Bleeding"),
        (
            Sign("bruising_or_minor_bleeding", mark("New bruises, or a nose or gum bleed")),
            Sign("bleeding_that_will_not_stop", mark("Bleeding for more than 10 minutes")),
            Sign("vomiting_or_coughing_blood", mark("Vomiting or coughing blood")),
            Sign("black_or_bloody_stool", mark("Black or bloody poo")),
        ),
    ),
    SignGroup(
        "stomach_and_pee",
        mark("Stomach, poo and pee"),
        (
            Sign("mild_nausea", mark("Feeling a little sick")),
            Sign("repeated_vomiting", mark("Vomiting again and again")),
            Sign("cannot_keep_fluids_down_12_hours", mark("Cannot keep drinks down for 12 hours")),
            Sign("loose_stools_4_or_more", mark("Loose poo 4 or more times a day above usual")),
            Sign("loose_stools_7_or_more", mark("Loose poo 7 or more times a day above usual")),
            Sign("loose_stools_for_days", mark("Loose poo for 3 days or more")),
            Sign("belly_pain", mark("Belly pain")),
            Sign("severe_belly_pain", mark("Very bad belly pain")),
            Sign("swollen_or_hard_belly", mark("A swollen or hard belly")),
            Sign("yellow_eyes_or_dark_urine", mark("Yellow eyes or dark pee")),
            Sign("no_urine_8_hours", mark("No pee for 8 hours"), to_age=17),
            Sign("no_urine_12_hours", mark("No pee for 12 hours")),
            Sign("no_urine_18_hours", mark("No pee for 18 hours")),
            Sign("new_incontinence", mark("Not making it to the toilet, and that is new")),
        ),
    ),
    SignGroup(
        "slow_changes",
        mark("Legs, swallowing and slow changes"),
        (
            Sign("tired", mark("Tired")),
            Sign("weak_legs", mark("Weak legs")),
            Sign("tingling_or_weakness_rising_in_legs", mark("Tingling or weakness that moves up the legs")),
            Sign("trouble_swallowing", mark("Trouble swallowing")),
            Sign(
                "slow_or_shuffling_movement", mark("Moving slowly, shuffling, tiny writing or less interest in things")
            ),
            Sign(
                "slow_change_in_sight_speech_or_balance",
                mark("A change over days in sight, speech, thinking or balance"),
            ),
            Sign("severe_muscle_or_joint_pain", mark("Very bad muscle or joint pain")),
            Sign("swollen_or_painful_arm_or_leg", mark("A swollen or painful arm or leg")),
            Sign("weight_loss", mark("Losing weight")),
            Sign("new_lump_or_night_sweats", mark("A new lump, or drenching night sweats")),
        ),
    ),
)

SIGNS: Final = {sign.id: sign for group in GROUPS for sign in group.signs}
"""Every sign by its id."""
