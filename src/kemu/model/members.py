"""The members of the dimensions as types, so that mypy finds a misspelt one.

What they are and how they hang together stands in ontology/dimensions.ttl; a test holds the two
lists to each other. Codes, organisations, years and projects are no closed lists.
"""

from __future__ import annotations

from typing import Literal

Special = Literal["all", "notApplicable", "undetermined"]
"""What every dimension may hold."""

Consolidation = Literal[
    Special, "departmentTotal", "headquarters", "unit",
]  # fmt: skip

Phase = Literal[
    Special, "budget", "approved", "adjusted", "fullYear", "estimated", "executed", "final",
]  # fmt: skip

Flow = Literal[
    Special, "revenue", "expenditure", "both", "balance",
]  # fmt: skip

Fund = Literal[
    Special, "fiscalAppropriation", "generalPublicBudget", "regularAppropriation",
    "nonTaxAppropriation", "transferAppropriation", "governmentFund", "stateCapital",
    "socialInsuranceFund", "fiscalAccount", "unitFunds", "businessIncome", "operatingIncome",
    "superiorSubsidy", "affiliatedRemittance", "otherIncome", "nonFiscal",
]  # fmt: skip

Item = Literal[
    Special, "grandTotal", "threePublic", "overseasTravel", "officialVehicles",
    "vehiclePurchase", "vehicleOperation", "reception", "domesticReception", "foreignReception",
    "administrativeFunds", "organOperation", "meetings", "training", "publicMeetingsTraining",
    "procurement", "procurementGoods", "procurementWorks", "procurementServices",
    "procurementSME", "procurementMicro", "procurementReserved", "servicePurchase",
    "performance", "overallPerformance", "assetsFixed", "assetOriginal", "assetDepreciation",
    "assetNet", "assets", "vehiclesHeld", "vehiclesLeaders", "vehiclesSeniorLeaders",
    "vehiclesMainLeaders", "vehiclesConfidential", "vehiclesEmergency",
    "vehiclesLawEnforcement", "vehiclesSpecial", "vehiclesRetired", "vehiclesGeneral",
    "vehiclesOther", "vehiclesPurchased", "largeEquipment", "largeEquipmentGeneral",
    "largeEquipmentSpecial", "staffQuota", "quotaAdministrative", "quotaCivilService",
    "quotaInstitution", "quotaWorkers", "staffPresent", "staffInPost", "inPostAdministrative",
    "inPostCivilService", "inPostInstitution", "inPostWorkers", "staffRetired", "staffLixiu",
    "staffTuixiu", "staffOther", "subordinateUnits", "unitsAdministrative", "unitsCivilService",
    "unitsInstitution", "performanceProjects",
]  # fmt: skip

Nature = Literal[
    Special, "basic", "personnel", "public", "project", "otherOperating", "specificTarget",
    "administrativeProject", "constructionProject", "remittedToSuperior", "operating",
    "affiliatedSubsidy", "payRise",
]  # fmt: skip

Carry = Literal[
    Special, "current", "carriedOver", "carriedForward", "surplusUsed", "surplusDistributed",
]  # fmt: skip

Measure = Literal[
    Special, "money", "vehicles", "persons", "visits", "visitors", "groups", "equipment",
    "units", "posts", "projects", "area",
]  # fmt: skip
