"""The kinds of mistakes that keys foresee: the course's list of error types."""

from __future__ import annotations

MISTAKES: dict[str, str] = {
    "invalid_code": "Code not valid on the date",
    "missing_7th": "7th character missing",
    "wrong_7th": "7th character of another kind of encounter",
    "unspecified_when_specific": "Less specific than the record",
    "unsupported_specificity": "More specific than the record",
    "uncertain_dx": "Uncertain diagnosis coded as certain",
    "wrong_setting_rule": "Rule of another setting",
    "symptom_with_diagnosis": "Symptom coded beside its diagnosis",
    "injury_vs_m_code": "Injury and disease mixed up",
    "excludes1": "Excludes1 conflict",
    "excludes2_misread": "Excludes2 taken for a prohibition",
    "external_cause_first": "External cause listed first",
    "external_cause_misuse": "External cause at the wrong encounter",
    "laterality": "Side missing or wrong",
    "sequencing": "Right codes in the wrong order",
    "combination_missed": "Combination code missed",
    "comorbidity_missed": "Managed condition left out",
    "under_coded": "Required second code left out",
    "history_vs_current": "History and present mixed up",
    "wrong_site_or_type": "Wrong site, level or type",
    "wrong_chapter": "Wrong chapter",
    "aftercare_misuse": "Aftercare code for an injury or a fracture",
    "g89_misuse": "Pain code although the cause is treated",
    "medical_necessity": "Diagnosis changed to meet a coverage rule",
    "conflict_unresolved": "Conflicting record coded without a query",
    "wrong_claim_field": "Wrong entry in another field of the claim",
}
"""Plain titles by name."""
