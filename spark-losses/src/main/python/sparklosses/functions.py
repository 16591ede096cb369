# SPDX-License-Identifier: Apache-2.0
# Written from the definitions of the functions by PythonFunctionsTest; not to be edited.
# ruff: noqa: E501
"""The functions of spark-losses for DataFrames, one for each function of SQL.

They call the functions of the session by name, so that they work on classic Spark and on Spark
Connect alike. Columns are given by name or as a Column. Settings are keywords: constants of the
query, numbers, words, truth values, or lists of numbers; one that is left out or None has its
default. A setting that is not allowed is refused when the query is analysed, in the words of SQL.

A row whose logits or label are NULL gives NULL, and so does the label -100.
"""

from __future__ import annotations

from typing import Iterable, Mapping

from pyspark.sql import Column

from sparklosses._call import ColumnOrName, call, call_given, options_text, text

__all__ = [
    "active_passive_loss",
    "adaptive_temperature_softmax",
    "agce_loss",
    "aldr_kl_loss",
    "alpha_divergence_loss",
    "asymmetric_loss",
    "asymmetric_single_label_loss",
    "aul_loss",
    "balanced_softmax_loss",
    "beta_calibrated",
    "binary_cross_entropy_loss",
    "binary_cross_entropy_with_logits_loss",
    "binary_exponential_loss",
    "binary_hinge_loss",
    "binary_kl_loss",
    "binary_kl_norm_loss",
    "brier_loss",
    "calibrate",
    "calibrate_probabilities",
    "cauchy_schwarz_divergence_loss",
    "comp_sum_loss",
    "confidence",
    "confidence_ratio",
    "correctness_aware_loss",
    "crammer_singer_loss",
    "cross_entropy_loss",
    "crps_discrete",
    "crps_ensemble",
    "crps_gaussian",
    "dco_loss",
    "dco_sequence_loss",
    "distribution_focal_loss",
    "doctor",
    "dual_focal_loss",
    "encouraging_loss",
    "energy",
    "ensemble_uncertainty",
    "entmax15",
    "entmax15_loss",
    "evaluation_metric",
    "evaluation_state",
    "excess_confidence",
    "fit_calibrator",
    "flsd53_loss",
    "focal_loss",
    "gaussian_nll",
    "gaussian_pit",
    "generalized_cross_entropy_loss",
    "gini_impurity",
    "gumbel_optimized_loss",
    "gumbel_softmax",
    "harmonic_loss",
    "harmonic_max",
    "hl_gauss_loss",
    "interval_score",
    "is_correct",
    "jensen_shannon_loss",
    "kd_loss",
    "kd_quality_focal_loss",
    "kl_divergence_loss",
    "label_smoothing_loss",
    "ldam_loss",
    "ldr_kl_loss",
    "least_confidence",
    "log_softmax",
    "log_z_squared_loss",
    "logit_adjusted_loss",
    "logit_clip",
    "logit_clip_cross_entropy_loss",
    "logit_margin",
    "logsumexp",
    "logsumexp_aggregate",
    "mae_loss",
    "margin",
    "matrix_scaled",
    "max_logit",
    "max_suppression_loss",
    "meal_v2_loss",
    "merge_evaluation_states",
    "multilabel_metrics",
    "neg_entropy",
    "nkd_loss",
    "nll_loss",
    "noisy_softmax",
    "noisy_softmax_loss",
    "normalized_cross_entropy_loss",
    "normalized_entropy",
    "normalized_focal_loss",
    "normalized_generalized_cross_entropy_loss",
    "normalized_mae_loss",
    "normalized_reverse_cross_entropy_loss",
    "ntl_mse_loss",
    "ntl_was_loss",
    "oko_loss",
    "one_vs_all_hinge_loss",
    "ordinal_cross_entropy_loss",
    "ordinal_softmax",
    "ovr_loss",
    "partial_label_distillation_loss",
    "pinball_loss",
    "platt_scaled",
    "pld_loss",
    "poly1_cross_entropy_loss",
    "poly1_focal_loss",
    "poly1_sigmoid_focal_loss",
    "poly_cross_entropy_loss",
    "poly_focal_loss",
    "predicted_class",
    "predictive_entropy",
    "prior_correction",
    "prior_correction_binary",
    "quadratic_scaled",
    "quality_focal_loss",
    "r2ccp_loss",
    "renyi_divergence_loss",
    "reverse_cross_entropy_loss",
    "row_statistics",
    "rps",
    "scalable_softmax",
    "sdm_activation",
    "sdm_loss",
    "self_adjust_softmax",
    "shift_scale_invariant_z_loss",
    "sigmoid",
    "sigmoid_focal_loss",
    "smooth_adversarial_comp_sum_loss",
    "softmax",
    "softmax_plus",
    "softmax_plus_nll_loss",
    "softmax_top_k",
    "softpick",
    "softplus_normalize",
    "sparse_softmax",
    "sparse_softmax_loss",
    "sparsemax",
    "sparsemax_loss",
    "spherical_score",
    "spherical_score_loss",
    "spherical_softmax",
    "spherical_softmax_loss",
    "squentropy_loss",
    "stablemax",
    "stablemax_loss",
    "sum_exponential_loss",
    "symmetric_cross_entropy_loss",
    "symmetric_kl_loss",
    "taylor_softmax",
    "taylor_softmax_loss",
    "temperature_scaled",
    "temperature_scaled_binary",
    "top_k_correct",
    "two_hot_loss",
    "undersampling_correction",
    "unhinged_loss",
    "uskd_loss",
    "vector_scaled",
    "virtual_adversarial_loss",
    "weston_watkins_loss",
]


def softmax(logits: ColumnOrName, *, temperature: float | None = None) -> Column:
    """The probability of each class.

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        unnormalised scores, one a class; one alone is a class that is certain: of two classes with
        one logit z a row give array(0, z)
    temperature : float, default 1.0
        divides the logits: above 1 is flatter; allowed: a number in (0, inf)

    Returns
    -------
    Column of ARRAY<DOUBLE>
        [0, 1], sums to 1; NaN for a row with a NaN, a +inf, or nothing but -inf

    Notes
    -----
    Formula: p_i = exp(z_i / T) / sum_j exp(z_j / T)
    Source: torch.nn.functional.softmax; temperature: Hinton et al. 2015, arXiv:1503.02531; Guo et
        al. 2017, arXiv:1706.04599

    Examples
    --------
    In SQL: softmax(array(2.0, 0.5, -1.0), temperature => 2.0)
    """
    return call("softmax", [logits], [temperature])


def log_softmax(logits: ColumnOrName, *, temperature: float | None = None) -> Column:
    """The logarithm of each class's probability.

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        unnormalised scores, one a class; one alone is a class that is certain: of two classes with
        one logit z a row give array(0, z)
    temperature : float, default 1.0
        divides the logits: above 1 is flatter; allowed: a number in (0, inf)

    Returns
    -------
    Column of ARRAY<DOUBLE>
        [-inf, 0]; NaN for a row with a NaN, a +inf, or nothing but -inf

    Notes
    -----
    Formula: z_i / T - log sum_j exp(z_j / T)
    Source: torch.nn.functional.log_softmax

    Examples
    --------
    In SQL: log_softmax(array(2.0, 0.5, -1.0))
    """
    return call("log_softmax", [logits], [temperature])


def logsumexp(logits: ColumnOrName) -> Column:
    """The logarithm of softmax's normalizer.

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        unnormalised scores, one a class; one alone is a class that is certain: of two classes with
        one logit z a row give array(0, z)

    Returns
    -------
    Column of DOUBLE
        [max z, max z + log C]; -inf when all logits are, +inf with a +inf

    Notes
    -----
    Formula: log sum_j exp(z_j)
    Source: torch.logsumexp

    Examples
    --------
    In SQL: logsumexp(array(2.0, 0.5, -1.0))
    """
    return call("logsumexp", [logits], [])


def predicted_class(logits: ColumnOrName) -> Column:
    """The class with the largest logit, the lowest such index on a tie.

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        unnormalised scores, one a class; one alone is a class that is certain: of two classes with
        one logit z a row give array(0, z)

    Returns
    -------
    Column of INT
        0 .. C - 1; NULL for a row with a NaN

    Notes
    -----
    Formula: argmax_i z_i
    Source: torch.argmax

    Examples
    --------
    In SQL: predicted_class(array(2.0, 0.5, -1.0))
    """
    return call("predicted_class", [logits], [])


def confidence(logits: ColumnOrName) -> Column:
    """The probability of the predicted class.

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        unnormalised scores, one a class; one alone is a class that is certain: of two classes with
        one logit z a row give array(0, z)

    Returns
    -------
    Column of DOUBLE
        [1/C, 1]

    Notes
    -----
    Formula: max_i p_i
    Source: Hendrycks & Gimpel 2017, arXiv:1610.02136 (maximum softmax probability)

    Examples
    --------
    In SQL: confidence(array(2.0, 0.5, -1.0))
    """
    return call("confidence", [logits], [])


def margin(logits: ColumnOrName) -> Column:
    """By how much the predicted class's probability leads the runner-up's.

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        unnormalised scores, one a class; one alone is a class that is certain: of two classes with
        one logit z a row give array(0, z)

    Returns
    -------
    Column of DOUBLE
        [0, 1]; 1 for one class

    Notes
    -----
    Formula: p_(1) - p_(2)
    Source: Settles 2009, Active learning literature survey (margin sampling)

    Examples
    --------
    In SQL: margin(array(2.0, 0.5, -1.0))
    """
    return call("margin", [logits], [])


def predictive_entropy(logits: ColumnOrName) -> Column:
    """The entropy of the predicted probabilities, in nats.

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        unnormalised scores, one a class; one alone is a class that is certain: of two classes with
        one logit z a row give array(0, z)

    Returns
    -------
    Column of DOUBLE
        [0, log C]

    Notes
    -----
    Formula: -sum_i p_i log p_i
    Source: Shannon 1948; Settles 2009 (uncertainty sampling)

    Examples
    --------
    In SQL: predictive_entropy(array(2.0, 0.5, -1.0))
    """
    return call("predictive_entropy", [logits], [])


def is_correct(logits: ColumnOrName, label: ColumnOrName) -> Column:
    """Whether the predicted class is the label.

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        unnormalised scores, one a class; one alone is a class that is certain: of two classes with
        one logit z a row give array(0, z)
    label : column of INT
        the class index, from 0; -100 gives NULL

    Returns
    -------
    Column of BOOLEAN
        true, false; NULL for a row with a NaN

    Notes
    -----
    Formula: argmax_i z_i = y
    Source: sklearn.metrics.accuracy_score, of one row

    Examples
    --------
    In SQL: is_correct(array(2.0, 0.5, -1.0), 0)
    """
    return call("is_correct", [logits, label], [])


def top_k_correct(logits: ColumnOrName, label: ColumnOrName, *, k: int | None = None) -> Column:
    """Whether the label is among the k classes with the largest logits.

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        unnormalised scores, one a class; one alone is a class that is certain: of two classes with
        one logit z a row give array(0, z)
    label : column of INT
        the class index, from 0; -100 gives NULL
    k : int, default 5
        how many classes are looked at; allowed: a whole number in [1, inf)

    Returns
    -------
    Column of BOOLEAN
        true, false; NULL for a row with a NaN

    Notes
    -----
    Formula: #{i : z_i > z_y, or z_i = z_y and i < y} < k
    Source: sklearn.metrics.top_k_accuracy_score, of one row, ties by lowest index

    Examples
    --------
    In SQL: top_k_correct(array(2.0, 0.5, -1.0), 1, k => 2)
    """
    return call("top_k_correct", [logits, label], [k])


def softmax_top_k(logits: ColumnOrName, *, k: int | None = None) -> Column:
    """The k largest probabilities with their classes; all of them if k > C.

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        unnormalised scores, one a class; one alone is a class that is certain: of two classes with
        one logit z a row give array(0, z)
    k : int, default 5
        how many classes are listed; allowed: a whole number in [1, inf)

    Returns
    -------
    Column of ARRAY<STRUCT<class INT, p DOUBLE>>
        [0, 1], in descending order of the logits, of equal ones the lowest index first; NULL for a
        row with a NaN, a +inf, or nothing but -inf

    Notes
    -----
    Formula: (i, exp(z_i - m) / sum_j exp(z_j - m)) of the k largest z_i, m = max z
    Source: online normalizer and top k: Milakov & Gimelshein 2018, arXiv:1805.02867

    Examples
    --------
    In SQL: softmax_top_k(array(2.0, 0.5, -1.0), k => 2)
    """
    return call("softmax_top_k", [logits], [k])


def row_statistics(logits: ColumnOrName, label: ColumnOrName) -> Column:
    """All that one read of the row tells, as a struct.

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        unnormalised scores, one a class; one alone is a class that is certain: of two classes with
        one logit z a row give array(0, z)
    label : column of INT
        the class index, from 0; -100 gives NULL

    Returns
    -------
    Column of STRUCT
        a struct

    Notes
    -----
    Formula: classes C, label y, max m, runner_up, min, argmax, label_logit z_y, label_rank, sum_exp
        sum exp(z_j - m), sum_exp_squares, sum_shifted_exp sum (z_j - m) exp(z_j - m), sum,
        sum_squares, sum_squares_others sum_{j != y} z_j^2, nans, positive_infinities,
        negative_infinities
    Source: online normalizer: Milakov & Gimelshein 2018, arXiv:1805.02867

    Examples
    --------
    In SQL: row_statistics(array(2.0, 0.5, -1.0), 0).label_rank
    """
    return call("row_statistics", [logits, label], [])


def max_logit(logits: ColumnOrName) -> Column:
    """The largest logit, as a score of confidence.

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        unnormalised scores, one a class; one alone is a class that is certain: of two classes with
        one logit z a row give array(0, z)

    Returns
    -------
    Column of DOUBLE
        any number; NaN for a row with a NaN

    Notes
    -----
    Formula: max_i z_i
    Source: Hendrycks et al. 2022, arXiv:1911.11132

    Examples
    --------
    In SQL: max_logit(array(2.0, 0.5, -1.0))
    """
    return call("max_logit", [logits], [])


def logit_margin(logits: ColumnOrName) -> Column:
    """By how much the largest logit leads the second largest.

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        unnormalised scores, one a class; one alone is a class that is certain: of two classes with
        one logit z a row give array(0, z)

    Returns
    -------
    Column of DOUBLE
        [0, inf]; inf for one class, NaN where softmax is undefined

    Notes
    -----
    Formula: z_(1) - z_(2)
    Source: log of the ratio of the two largest probabilities; Settles 2009 (margin sampling)

    Examples
    --------
    In SQL: logit_margin(array(2.0, 0.5, -1.0))
    """
    return call("logit_margin", [logits], [])


def neg_entropy(logits: ColumnOrName) -> Column:
    """The predicted probabilities' entropy in nats, negated: a score of confidence.

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        unnormalised scores, one a class; one alone is a class that is certain: of two classes with
        one logit z a row give array(0, z)

    Returns
    -------
    Column of DOUBLE
        [-log C, 0]

    Notes
    -----
    Formula: sum_i p_i log p_i
    Source: Shannon 1948; Macedo et al. 2021, arXiv:1908.05569 (entropic score)

    Examples
    --------
    In SQL: neg_entropy(array(2.0, 0.5, -1.0))
    """
    return call("neg_entropy", [logits], [])


def energy(logits: ColumnOrName, *, temperature: float | None = None) -> Column:
    """The negative free energy of the logits, as a score of confidence.

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        unnormalised scores, one a class; one alone is a class that is certain: of two classes with
        one logit z a row give array(0, z)
    temperature : float, default 1.0
        divides the logits: above 1 is flatter; allowed: a number in (0, inf)

    Returns
    -------
    Column of DOUBLE
        [max z, max z + T log C]

    Notes
    -----
    Formula: T log sum_i exp(z_i / T)
    Source: Liu et al. 2020, Energy-based Out-of-distribution Detection, arXiv:2010.03759

    Examples
    --------
    In SQL: energy(array(2.0, 0.5, -1.0), temperature => 2.0)
    """
    return call("energy", [logits], [temperature])


def doctor(logits: ColumnOrName) -> Column:
    """The sum of the squared probabilities, as a score of confidence.

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        unnormalised scores, one a class; one alone is a class that is certain: of two classes with
        one logit z a row give array(0, z)

    Returns
    -------
    Column of DOUBLE
        [1/C, 1]

    Notes
    -----
    Formula: sum_i p_i^2
    Source: Granese et al. 2021, DOCTOR, arXiv:2106.02395 (1 - D_alpha before its odds)

    Examples
    --------
    In SQL: doctor(array(2.0, 0.5, -1.0))
    """
    return call("doctor", [logits], [])


def normalized_entropy(logits: ColumnOrName) -> Column:
    """The entropy of the predicted probabilities, as a share of the largest possible.

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        unnormalised scores, one a class; one alone is a class that is certain: of two classes with
        one logit z a row give array(0, z)

    Returns
    -------
    Column of DOUBLE
        [0, 1]; NaN for one class

    Notes
    -----
    Formula: -sum_i p_i log p_i / log C
    Source: Shannon 1948

    Examples
    --------
    In SQL: normalized_entropy(array(2.0, 0.5, -1.0))
    """
    return call("normalized_entropy", [logits], [])


def least_confidence(logits: ColumnOrName) -> Column:
    """The probability of all classes but the predicted one.

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        unnormalised scores, one a class; one alone is a class that is certain: of two classes with
        one logit z a row give array(0, z)

    Returns
    -------
    Column of DOUBLE
        [0, 1 - 1/C]

    Notes
    -----
    Formula: 1 - max_i p_i
    Source: Settles 2009, Active learning literature survey; Gonsior et al. 2022, arXiv:2210.03005

    Examples
    --------
    In SQL: least_confidence(array(2.0, 0.5, -1.0))
    """
    return call("least_confidence", [logits], [])


def confidence_ratio(logits: ColumnOrName) -> Column:
    """The runner-up's probability as a share of the predicted class's.

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        unnormalised scores, one a class; one alone is a class that is certain: of two classes with
        one logit z a row give array(0, z)

    Returns
    -------
    Column of DOUBLE
        [0, 1]; 0 for one class

    Notes
    -----
    Formula: p_(2) / p_(1)
    Source: Settles 2009, Active learning literature survey (ratio of confidence)

    Examples
    --------
    In SQL: confidence_ratio(array(2.0, 0.5, -1.0))
    """
    return call("confidence_ratio", [logits], [])


def gini_impurity(logits: ColumnOrName) -> Column:
    """How often two draws from the predicted probabilities differ.

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        unnormalised scores, one a class; one alone is a class that is certain: of two classes with
        one logit z a row give array(0, z)

    Returns
    -------
    Column of DOUBLE
        [0, 1 - 1/C]

    Notes
    -----
    Formula: 1 - sum_i p_i^2
    Source: Breiman et al. 1984, Classification and Regression Trees

    Examples
    --------
    In SQL: gini_impurity(array(2.0, 0.5, -1.0))
    """
    return call("gini_impurity", [logits], [])


def ensemble_uncertainty(member_logits: ColumnOrName, *, part: str) -> Column:
    """The uncertainty of an ensemble, in all and by where it comes from.

    Parameters
    ----------
    member_logits : column of ARRAY<ARRAY<DOUBLE>>
        the logits of each member of the ensemble, or of each draw of its weights
    part : str
        which uncertainty; allowed: total | aleatoric | mutual_information | epkl | variation_ratio
        | disagreement

    Returns
    -------
    Column of DOUBLE
        [0, log C] for the first three, [0, inf] for epkl, [0, 1] for shares; NaN where a member has
        no softmax

    Notes
    -----
    Formula: with p_m of member m, q = mean_m p_m, H in nats: total H(q); aleatoric mean_m H(p_m);
        mutual_information their difference; epkl mean over all pairs (m, l) of KL(p_m || p_l);
        variation_ratio 1 - the share of the most frequent argmax; disagreement the share of ordered
        pairs m != l whose argmax differs
    Source: Houlsby et al. 2011, BALD, arXiv:1112.5745; Malinin & Gales 2020, arXiv:2002.07650
        (EPKL); Freeman 1965 (variation ratio)

    Examples
    --------
    In SQL: ensemble_uncertainty(array(array(2.0, 0.5), array(0.1, 0.7)), part =>
        'mutual_information')
    """
    return call("ensemble_uncertainty", [member_logits], [part])


def scalable_softmax(
    logits: ColumnOrName,
    *,
    s: float | None = None,
    b: float | None = None,
) -> Column:
    """Softmax that stays as peaked when there are more classes.

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        unnormalised scores, one a class; one alone is a class that is certain: of two classes with
        one logit z a row give array(0, z)
    s : float, default 0.43
        how the factor grows with log C; allowed: a number
    b : float, default 0.0
        the factor's constant part; allowed: a number

    Returns
    -------
    Column of ARRAY<DOUBLE>
        [0, 1], sums to 1; NaN where softmax is

    Notes
    -----
    Formula: softmax((s log C + b) z)
    Source: Nakanishi 2025, SSMax, arXiv:2501.19399

    Examples
    --------
    In SQL: scalable_softmax(array(2.0, 0.5, -1.0))
    """
    return call("scalable_softmax", [logits], [s, b])


def adaptive_temperature_softmax(logits: ColumnOrName) -> Column:
    """Softmax, sharpened where its entropy is high.

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        unnormalised scores, one a class; one alone is a class that is certain: of two classes with
        one logit z a row give array(0, z)

    Returns
    -------
    Column of ARRAY<DOUBLE>
        [0, 1], sums to 1; NaN where softmax is

    Notes
    -----
    Formula: softmax(b z); H = entropy of softmax(z); b = max(1, -0.037 H^4 + 0.481 H^3 - 2.3 H^2 +
        4.917 H - 1.791) if H > 0.5 else 1
    Source: Velickovic et al. 2024, arXiv:2410.01104

    Examples
    --------
    In SQL: adaptive_temperature_softmax(array(2.0, 0.5, -1.0))
    """
    return call("adaptive_temperature_softmax", [logits], [])


def sdm_activation(logits: ColumnOrName, q: ColumnOrName, d: ColumnOrName) -> Column:
    """Softmax, sharpened by similarity to training data and flattened by distance.

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        unnormalised scores, one a class; one alone is a class that is certain: of two classes with
        one logit z a row give array(0, z)
    q : column of DOUBLE
        similarity: the count of matches, at least 0
    d : column of DOUBLE
        the distance's quantile, in [0, 1]

    Returns
    -------
    Column of ARRAY<DOUBLE>
        [0, 1], sums to 1; NaN where softmax is

    Notes
    -----
    Formula: p_i = (2 + q)^(d z_i) / sum_j (2 + q)^(d z_j)
    Source: Schmaltz 2025, arXiv:2509.12760, arXiv:2502.20167

    Examples
    --------
    In SQL: sdm_activation(array(2.0, 0.5, -1.0), 3.0, 0.5)
    """
    return call("sdm_activation", [logits, q, d], [])


def sdm_loss(logits: ColumnOrName, label: ColumnOrName, q: ColumnOrName, d: ColumnOrName) -> Column:
    """Cross entropy of sdm_activation, to base 2 + q.

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        unnormalised scores, one a class; one alone is a class that is certain: of two classes with
        one logit z a row give array(0, z)
    label : column of INT
        the class index, from 0; -100 gives NULL
    q : column of DOUBLE
        similarity: the count of matches, at least 0
    d : column of DOUBLE
        the distance's quantile, in [0, 1]

    Returns
    -------
    Column of DOUBLE
        [0, inf]; NaN where softmax is

    Notes
    -----
    Formula: -log_(2 + q) sdm_activation(z, q, d)_y
    Source: Schmaltz 2025, arXiv:2509.12760, arXiv:2502.20167

    Examples
    --------
    In SQL: sdm_loss(array(2.0, 0.5, -1.0), 0, 3.0, 0.5)
    """
    return call("sdm_loss", [logits, label, q, d], [])


def sparsemax(logits: ColumnOrName) -> Column:
    """The probabilities nearest to the logits.

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        unnormalised scores, one a class; one alone is a class that is certain: of two classes with
        one logit z a row give array(0, z)

    Returns
    -------
    Column of ARRAY<DOUBLE>
        [0, 1], sums to 1, sparse; NaN for a row with a NaN, a +inf, or nothing but -inf

    Notes
    -----
    Formula: p_i = max(z_i - t, 0), t such that sum_i p_i = 1
    Source: Martins & Astudillo 2016, arXiv:1602.02068; deep-spin/entmax

    Examples
    --------
    In SQL: sparsemax(array(2.0, 1.5, -1.0))
    """
    return call("sparsemax", [logits], [])


def entmax15(logits: ColumnOrName) -> Column:
    """Probabilities between softmax and sparsemax: 1.5-entmax.

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        unnormalised scores, one a class; one alone is a class that is certain: of two classes with
        one logit z a row give array(0, z)

    Returns
    -------
    Column of ARRAY<DOUBLE>
        [0, 1], sums to 1, sparse; NaN for a row with a NaN, a +inf, or nothing but -inf

    Notes
    -----
    Formula: p_i = max(z_i / 2 - t, 0)^2, t such that sum_i p_i = 1
    Source: Peters et al. 2019, arXiv:1905.05702; deep-spin/entmax

    Examples
    --------
    In SQL: entmax15(array(2.0, 1.5, -1.0))
    """
    return call("entmax15", [logits], [])


def sparsemax_loss(logits: ColumnOrName, target: ColumnOrName) -> Column:
    """The loss whose prediction is sparsemax: 0 once the label leads by 1.

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        unnormalised scores, one a class; one alone is a class that is certain: of two classes with
        one logit z a row give array(0, z)
    target : column of INT | ARRAY<DOUBLE>
        the class index, from 0 (-100 gives NULL), or a soft label with one number a class

    Returns
    -------
    Column of DOUBLE
        [0, inf]; NaN for a row with a NaN, a +inf, or nothing but -inf

    Notes
    -----
    Formula: sum_i (p_i - t_i) z_i + (sum_i t_i^2 - sum_i p_i^2) / 2, p = sparsemax(z)
    Source: Martins & Astudillo 2016, arXiv:1602.02068; Blondel et al. 2019, arXiv:1901.02324

    Examples
    --------
    In SQL: sparsemax_loss(array(2.0, 1.5, -1.0), 0)
    """
    return call("sparsemax_loss", [logits, target], [])


def entmax15_loss(logits: ColumnOrName, target: ColumnOrName) -> Column:
    """The loss whose prediction is entmax15: 0 once the label leads by 2.

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        unnormalised scores, one a class; one alone is a class that is certain: of two classes with
        one logit z a row give array(0, z)
    target : column of INT | ARRAY<DOUBLE>
        the class index, from 0 (-100 gives NULL), or a soft label with one number a class

    Returns
    -------
    Column of DOUBLE
        [0, inf]; NaN for a row with a NaN, a +inf, or nothing but -inf

    Notes
    -----
    Formula: sum_i (p_i - t_i) z_i + (sum_i t_i^1.5 - sum_i p_i^1.5) / 0.75, p = entmax15(z)
    Source: Peters et al. 2019, arXiv:1905.05702; deep-spin/entmax

    Examples
    --------
    In SQL: entmax15_loss(array(2.0, 1.5, -1.0), 0)
    """
    return call("entmax15_loss", [logits, target], [])


def sparse_softmax(logits: ColumnOrName, *, k: int | None = None) -> Column:
    """Softmax over the k classes with the largest logits, 0 for the others.

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        unnormalised scores, one a class; one alone is a class that is certain: of two classes with
        one logit z a row give array(0, z)
    k : int, default 10
        how many classes are kept; allowed: a whole number in [1, inf)

    Returns
    -------
    Column of ARRAY<DOUBLE>
        [0, 1], sums to 1; NaN where softmax is; of equal logits the lowest indices are in

    Notes
    -----
    Formula: p_i = exp(z_i) / sum_{j in top k} exp(z_j) for i in the top k, else 0
    Source: Sun et al. 2021, Sparse-softmax, arXiv:2112.12433

    Examples
    --------
    In SQL: sparse_softmax(array(2.0, 0.5, -1.0), k => 2)
    """
    return call("sparse_softmax", [logits], [k])


def sparse_softmax_loss(
    logits: ColumnOrName,
    label: ColumnOrName,
    *,
    k: int | None = None,
) -> Column:
    """Cross entropy against the k classes with the largest logits.

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        unnormalised scores, one a class; one alone is a class that is certain: of two classes with
        one logit z a row give array(0, z)
    label : column of INT
        the class index, from 0; -100 gives NULL
    k : int, default 10
        how many classes are kept; allowed: a whole number in [1, inf)

    Returns
    -------
    Column of DOUBLE
        [0, inf]; finite for a label outside the top k; NaN where softmax is

    Notes
    -----
    Formula: log sum_{j in top k} exp(z_j) - z_y
    Source: Sun et al. 2021, Sparse-softmax, arXiv:2112.12433 (training loss)

    Examples
    --------
    In SQL: sparse_softmax_loss(array(2.0, 0.5, -1.0), 0, k => 2)
    """
    return call("sparse_softmax_loss", [logits, label], [k])


def stablemax(logits: ColumnOrName) -> Column:
    """Probabilities by a score that grows linearly above 0 and decays as 1/z below.

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        unnormalised scores, one a class; one alone is a class that is certain: of two classes with
        one logit z a row give array(0, z)

    Returns
    -------
    Column of ARRAY<DOUBLE>
        [0, 1], sums to 1; NaN for a row with a NaN, a +inf, or nothing but -inf

    Notes
    -----
    Formula: p_i = s(z_i) / sum_j s(z_j); s(x) = x + 1 if x >= 0 else 1 / (1 - x)
    Source: Prieto et al. 2025, arXiv:2501.04697

    Examples
    --------
    In SQL: stablemax(array(2.0, 0.5, -1.0))
    """
    return call("stablemax", [logits], [])


def stablemax_loss(logits: ColumnOrName, label: ColumnOrName) -> Column:
    """Cross entropy of stablemax.

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        unnormalised scores, one a class; one alone is a class that is certain: of two classes with
        one logit z a row give array(0, z)
    label : column of INT
        the class index, from 0; -100 gives NULL

    Returns
    -------
    Column of DOUBLE
        [0, inf]; NaN where stablemax is

    Notes
    -----
    Formula: -log stablemax(z)_y
    Source: Prieto et al. 2025, arXiv:2501.04697 (StableMax cross-entropy)

    Examples
    --------
    In SQL: stablemax_loss(array(2.0, 0.5, -1.0), 0)
    """
    return call("stablemax_loss", [logits, label], [])


def taylor_softmax(logits: ColumnOrName, *, order: int | None = None) -> Column:
    """Probabilities by the exponential's Taylor polynomial.

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        unnormalised scores, one a class; one alone is a class that is certain: of two classes with
        one logit z a row give array(0, z)
    order : int, default 2
        the degree of the polynomial; allowed: a whole number in [2, inf), even

    Returns
    -------
    Column of ARRAY<DOUBLE>
        (0, 1], sums to 1; NaN for a row with a NaN or an infinity

    Notes
    -----
    Formula: p_i = t(z_i) / sum_j t(z_j); t(x) = sum_{k=0..order} x^k / k!
    Source: de Brebisson & Vincent 2015, arXiv:1511.05042 (order 2); higher orders: Banerjee et al.
        2020, arXiv:2011.11538

    Examples
    --------
    In SQL: taylor_softmax(array(2.0, 0.5, -1.0))
    """
    return call("taylor_softmax", [logits], [order])


def taylor_softmax_loss(
    logits: ColumnOrName,
    label: ColumnOrName,
    *,
    order: int | None = None,
) -> Column:
    """Cross entropy of Taylor softmax.

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        unnormalised scores, one a class; one alone is a class that is certain: of two classes with
        one logit z a row give array(0, z)
    label : column of INT
        the class index, from 0; -100 gives NULL
    order : int, default 2
        the degree of the polynomial; allowed: a whole number in [2, inf), even

    Returns
    -------
    Column of DOUBLE
        [0, inf); NaN where taylor_softmax is

    Notes
    -----
    Formula: -log taylor_softmax(z, order)_y
    Source: de Brebisson & Vincent 2015, arXiv:1511.05042 (log-Taylor softmax loss)

    Examples
    --------
    In SQL: taylor_softmax_loss(array(2.0, 0.5, -1.0), 0)
    """
    return call("taylor_softmax_loss", [logits, label], [order])


def spherical_softmax(logits: ColumnOrName, *, eps: float | None = None) -> Column:
    """Probabilities by squared logits; their signs are ignored.

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        unnormalised scores, one a class; one alone is a class that is certain: of two classes with
        one logit z a row give array(0, z)
    eps : float, default 0.0
        added to each square; allowed: a number in [0, inf)

    Returns
    -------
    Column of ARRAY<DOUBLE>
        [0, 1], sums to 1; NaN for a row with a NaN, an infinity, or only zeros if eps = 0

    Notes
    -----
    Formula: p_i = (z_i^2 + eps) / sum_j (z_j^2 + eps)
    Source: de Brebisson & Vincent 2015, arXiv:1511.05042 (log-spherical softmax)

    Examples
    --------
    In SQL: spherical_softmax(array(2.0, 0.5, -1.0))
    """
    return call("spherical_softmax", [logits], [eps])


def spherical_softmax_loss(
    logits: ColumnOrName,
    label: ColumnOrName,
    *,
    eps: float | None = None,
) -> Column:
    """Cross entropy of spherical softmax.

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        unnormalised scores, one a class; one alone is a class that is certain: of two classes with
        one logit z a row give array(0, z)
    label : column of INT
        the class index, from 0; -100 gives NULL
    eps : float, default 0.0
        added to each square; allowed: a number in [0, inf)

    Returns
    -------
    Column of DOUBLE
        [0, inf]; NaN where spherical_softmax is

    Notes
    -----
    Formula: -log spherical_softmax(z, eps)_y
    Source: de Brebisson & Vincent 2015, arXiv:1511.05042

    Examples
    --------
    In SQL: spherical_softmax_loss(array(2.0, 0.5, -1.0), 0)
    """
    return call("spherical_softmax_loss", [logits, label], [eps])


def harmonic_max(distances: ColumnOrName, *, n: float | None = None) -> Column:
    """Probabilities that fall with a power of the distance.

    Parameters
    ----------
    distances : column of ARRAY<DOUBLE>
        distances of at least 0, one a class
    n : float, default 1.0
        the power of the distance; allowed: a number in (0, inf)

    Returns
    -------
    Column of ARRAY<DOUBLE>
        [0, 1], sums to 1; NaN for a row with a NaN or nothing but +inf

    Notes
    -----
    Formula: p_i = d_i^-n / sum_j d_j^-n; zero distances share all mass equally
    Source: Baek et al. 2025, Harmonic Loss, arXiv:2502.01628; its code applies n to d^2

    Examples
    --------
    In SQL: harmonic_max(array(0.5, 1.0, 2.0), n => 2)
    """
    return call("harmonic_max", [distances], [n])


def harmonic_loss(
    distances: ColumnOrName,
    label: ColumnOrName,
    *,
    n: float | None = None,
) -> Column:
    """Cross entropy of harmonic_max.

    Parameters
    ----------
    distances : column of ARRAY<DOUBLE>
        distances of at least 0, one a class
    label : column of INT
        the class index, from 0; -100 gives NULL
    n : float, default 1.0
        the power of the distance; allowed: a number in (0, inf)

    Returns
    -------
    Column of DOUBLE
        [0, inf]; NaN where harmonic_max is

    Notes
    -----
    Formula: -log harmonic_max(d, n)_y
    Source: Baek et al. 2025, Harmonic Loss, arXiv:2502.01628

    Examples
    --------
    In SQL: harmonic_loss(array(0.5, 1.0, 2.0), 0)
    """
    return call("harmonic_loss", [distances, label], [n])


def softpick(logits: ColumnOrName, *, eps: float | None = None) -> Column:
    """Rectified softmax: classes with a logit of at most 0 get nothing.

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        unnormalised scores, one a class; one alone is a class that is certain: of two classes with
        one logit z a row give array(0, z)
    eps : float, default 1.0E-8
        added to the scaled denominator; allowed: a number in [0, inf)

    Returns
    -------
    Column of ARRAY<DOUBLE>
        [0, 1], sums to at most 1; 0 when no logit is positive; -inf counts for nothing; NaN for a
        row with a NaN or a +inf

    Notes
    -----
    Formula: n_i = exp(z_i - m) - exp(-m), m = max z; p_i = max(n_i, 0) / (sum_j |n_j| + eps)
    Source: Zuhri et al. 2025, Softpick, arXiv:2504.20966

    Examples
    --------
    In SQL: softpick(array(2.0, 0.5, -1.0))
    """
    return call("softpick", [logits], [eps])


def self_adjust_softmax(logits: ColumnOrName, *, normalized: bool | None = None) -> Column:
    """Softmax times the logits, so that its gradient does not vanish.

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        unnormalised scores, one a class; one alone is a class that is certain: of two classes with
        one logit z a row give array(0, z)
    normalized : bool, default True
        whether the logits that multiply are first mapped to [0, 1]

    Returns
    -------
    Column of ARRAY<DOUBLE>
        normalized: [0, 1], sums to at most 1; 0 for a logit of -inf and where hi = lo; NaN where
        softmax is

    Notes
    -----
    Formula: g_i softmax(z)_i; g_i = (z_i - lo) / (hi - lo), lo = min(0, min z), hi = max(0, max z);
        not normalized: g_i = z_i
    Source: Zheng et al. 2025, Self-Adjust Softmax, arXiv:2502.18277

    Examples
    --------
    In SQL: self_adjust_softmax(array(2.0, 0.5, -1.0))
    """
    return call("self_adjust_softmax", [logits], [normalized])


def softplus_normalize(logits: ColumnOrName, *, scale: float | None = None) -> Column:
    """Probabilities by softplus in place of the exponential.

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        unnormalised scores, one a class; one alone is a class that is certain: of two classes with
        one logit z a row give array(0, z)
    scale : float, default 1.0
        multiplies the logits; allowed: a number

    Returns
    -------
    Column of ARRAY<DOUBLE>
        [0, 1], sums to 1; 0 for -inf; NaN for a row with a NaN, a +inf, or only -inf

    Notes
    -----
    Formula: p_i = softplus(scale z_i) / sum_j softplus(scale z_j); softplus(x) = log(1 + e^x)
    Source: Gao & Spratling 2025, arXiv:2501.13428 (its first stage)

    Examples
    --------
    In SQL: softplus_normalize(array(2.0, 0.5, -1.0))
    """
    return call("softplus_normalize", [logits], [scale])


def gumbel_softmax(
    logits: ColumnOrName,
    noise: ColumnOrName,
    *,
    temperature: float | None = None,
    hard: bool | None = None,
) -> Column:
    """A relaxed draw from the predicted distribution.

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        unnormalised scores, one a class; one alone is a class that is certain: of two classes with
        one logit z a row give array(0, z)
    noise : column of ARRAY<DOUBLE>
        standard Gumbel draws -log(-log u), one a class
    temperature : float, default 1.0
        divides the sums: above 1 is flatter; allowed: a number in (0, inf)
    hard : bool, default False
        whether to give 1 for the largest sum, the first on a tie, and 0 for the others

    Returns
    -------
    Column of ARRAY<DOUBLE>
        [0, 1], sums to 1; NaN for a row with a NaN; NaN where softmax is unless hard

    Notes
    -----
    Formula: softmax((z + g) / T); hard: one-hot of argmax_i z_i + g_i
    Source: Jang et al. 2016, arXiv:1611.01144; Maddison et al. 2016, arXiv:1611.00712;
        torch.nn.functional.gumbel_softmax, which draws the noise itself

    Examples
    --------
    In SQL: gumbel_softmax(array(2.0, 0.5, -1.0), array(0.1, -0.3, 0.6))
    """
    return call("gumbel_softmax", [logits, noise], [temperature, hard])


def noisy_softmax(
    logits: ColumnOrName,
    label: ColumnOrName,
    norm_product: ColumnOrName,
    noise: ColumnOrName,
    *,
    alpha: float,
) -> Column:
    """Softmax with a handicap for the label, in proportion to its angle's cosine.

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        unnormalised scores, one a class; one alone is a class that is certain: of two classes with
        one logit z a row give array(0, z)
    label : column of INT
        the class index, from 0; -100 gives NULL
    norm_product : column of DOUBLE
        the norm of the label's weight vector times that of the features
    noise : column of DOUBLE
        a standard normal draw
    alpha : float
        the strength of the noise; allowed: a number

    Returns
    -------
    Column of ARRAY<DOUBLE>
        [0, 1], sums to 1; NaN where softmax is

    Notes
    -----
    Formula: softmax(z'); z'_y = z_y - alpha (norm_product - z_y) |noise|, else z'_j = z_j
    Source: Chen, Deng & Du 2017, Noisy Softmax, arXiv:1708.03769

    Examples
    --------
    In SQL: noisy_softmax(array(2.0, 0.5, -1.0), 0, 3.0, 0.7, alpha => 0.1)
    """
    return call("noisy_softmax", [logits, label, norm_product, noise], [alpha])


def noisy_softmax_loss(
    logits: ColumnOrName,
    label: ColumnOrName,
    norm_product: ColumnOrName,
    noise: ColumnOrName,
    *,
    alpha: float,
) -> Column:
    """Cross entropy of noisy_softmax.

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        unnormalised scores, one a class; one alone is a class that is certain: of two classes with
        one logit z a row give array(0, z)
    label : column of INT
        the class index, from 0; -100 gives NULL
    norm_product : column of DOUBLE
        the norm of the label's weight vector times that of the features
    noise : column of DOUBLE
        a standard normal draw
    alpha : float
        the strength of the noise; allowed: a number

    Returns
    -------
    Column of DOUBLE
        [0, inf]; NaN where softmax is

    Notes
    -----
    Formula: -log noisy_softmax(z, y, norm_product, noise, alpha)_y
    Source: Chen, Deng & Du 2017, Noisy Softmax, arXiv:1708.03769

    Examples
    --------
    In SQL: noisy_softmax_loss(array(2.0, 0.5, -1.0), 0, 3.0, 0.7, alpha => 0.1)
    """
    return call("noisy_softmax_loss", [logits, label, norm_product, noise], [alpha])


def sigmoid(logits: ColumnOrName) -> Column:
    """The probability of each of independent events.

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        unnormalised scores, one a class; one alone is a class that is certain: of two classes with
        one logit z a row give array(0, z)

    Returns
    -------
    Column of ARRAY<DOUBLE>
        [0, 1]; NaN for a row with a NaN

    Notes
    -----
    Formula: p_i = 1 / (1 + exp(-z_i))
    Source: torch.sigmoid

    Examples
    --------
    In SQL: sigmoid(array(2.0, 0.5, -1.0))
    """
    return call("sigmoid", [logits], [])


def ordinal_softmax(logits: ColumnOrName) -> Column:
    """Class probabilities from the K - 1 logits of exceeding each of K ordered classes.

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        unnormalised scores, one a class; one alone is a class that is certain: of two classes with
        one logit z a row give array(0, z)

    Returns
    -------
    Column of ARRAY<DOUBLE>
        sums to 1; negative where the logits increase; NaN for a row with a NaN

    Notes
    -----
    Formula: c_k = sigmoid(z_k) = P(y > k); p_0 = 1 - c_0, p_k = c_(k-1) - c_k, p_(K-1) = c_(K-2)
    Source: Kennedy et al. 2020, arXiv:2009.10277; coral-ordinal ordinal_softmax

    Examples
    --------
    In SQL: ordinal_softmax(array(2.0, 0.5, -1.0))
    """
    return call("ordinal_softmax", [logits], [])


def softmax_plus(logits: ColumnOrName) -> Column:
    """Softmax of K - 1 logits and a 0 for the last of K classes.

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        unnormalised scores, one a class; one alone is a class that is certain: of two classes with
        one logit z a row give array(0, z)

    Returns
    -------
    Column of ARRAY<DOUBLE>
        [0, 1], sums to 1; NaN for a row with a NaN or a +inf

    Notes
    -----
    Formula: softmax(z_0, ..., z_(K-2), 0)
    Source: Lam et al. 2023, LegendreTron, arXiv:2301.11695

    Examples
    --------
    In SQL: softmax_plus(array(2.0, 0.5, -1.0))
    """
    return call("softmax_plus", [logits], [])


def softmax_plus_nll_loss(logits: ColumnOrName, label: ColumnOrName) -> Column:
    """Cross entropy of softmax_plus; the label may be K - 1, the class without a logit.

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        unnormalised scores, one a class; one alone is a class that is certain: of two classes with
        one logit z a row give array(0, z)
    label : column of INT
        the class index, from 0; -100 gives NULL

    Returns
    -------
    Column of DOUBLE
        [0, inf]; NaN where softmax_plus is

    Notes
    -----
    Formula: -log softmax_plus(z)_y
    Source: Lam et al. 2023, LegendreTron, arXiv:2301.11695, with the identity inside

    Examples
    --------
    In SQL: softmax_plus_nll_loss(array(2.0, 0.5, -1.0), 3)
    """
    return call("softmax_plus_nll_loss", [logits, label], [])


def logit_clip(logits: ColumnOrName, *, tau: float | None = None, p: float | None = None) -> Column:
    """The logits, scaled down to a norm of tau where theirs is larger.

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        unnormalised scores, one a class; one alone is a class that is certain: of two classes with
        one logit z a row give array(0, z)
    tau : float, default 1.0
        the largest norm; allowed: a number in (0, inf)
    p : float, default 2.0
        which norm; infinity for the largest absolute value; allowed: a number in (0, inf]

    Returns
    -------
    Column of ARRAY<DOUBLE>
        ||.||_p <= tau; NaN for a row with a NaN or an infinity

    Notes
    -----
    Formula: z if ||z||_p <= tau else tau z / ||z||_p
    Source: Wei et al. 2023, LogitClip, arXiv:2212.04055; its code and the paper agree at tau = 1,
        this follows the paper

    Examples
    --------
    In SQL: logit_clip(array(2.0, 0.5, -1.0), tau => 2)
    """
    return call("logit_clip", [logits], [tau, p])


def logit_clip_cross_entropy_loss(
    logits: ColumnOrName,
    label: ColumnOrName,
    *,
    tau: float | None = None,
    p: float | None = None,
) -> Column:
    """Cross entropy of the clipped logits: bounded, hence robust to wrong labels.

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        unnormalised scores, one a class; one alone is a class that is certain: of two classes with
        one logit z a row give array(0, z)
    label : column of INT
        the class index, from 0; -100 gives NULL
    tau : float, default 1.0
        the largest norm; allowed: a number in (0, inf)
    p : float, default 2.0
        which norm; infinity for the largest absolute value; allowed: a number in (0, inf]

    Returns
    -------
    Column of DOUBLE
        [0, log(1 + (C-1) exp(2 tau))]; NaN for a row with a NaN or an infinity

    Notes
    -----
    Formula: -log softmax(logit_clip(z, tau, p))_y
    Source: Wei et al. 2023, LogitClip, arXiv:2212.04055

    Examples
    --------
    In SQL: logit_clip_cross_entropy_loss(array(2.0, 0.5, -1.0), 0)
    """
    return call("logit_clip_cross_entropy_loss", [logits, label], [tau, p])


def cross_entropy_loss(
    logits: ColumnOrName,
    target: ColumnOrName,
    *,
    label_smoothing: float | None = None,
    weight: Iterable[float] | None = None,
    ignore_index: int | None = None,
) -> Column:
    """The negative logarithm of the label's probability, in nats (log loss).

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        unnormalised scores, one a class; one alone is a class that is certain: of two classes with
        one logit z a row give array(0, z)
    target : column of INT | ARRAY<DOUBLE>
        the class index, from 0 (-100 gives NULL), or a soft label with one number a class
    label_smoothing : float, default 0.0
        the mass e that is spread evenly over all classes; allowed: a number in [0, 1]
    weight : Iterable[float], default None
        one factor a class; none by default; allowed: an array of numbers
    ignore_index : int, default -100
        the label whose rows give NULL; allowed: a whole number

    Returns
    -------
    Column of DOUBLE
        [0, inf] for weights and soft labels >= 0

    Notes
    -----
    Formula: l = -log softmax(z); label y: (1-e) w_y l_y + (e/C) sum_c w_c l_c; soft label t: sum_c
        w_c ((1-e) t_c + e/C) l_c
    Source: torch.nn.functional.cross_entropy(reduction='none'); its weighted mean divides by the
        sum of w_y

    Examples
    --------
    In SQL: cross_entropy_loss(array(2.0, 0.5, -1.0), 0, label_smoothing => 0.1)
    """
    return call("cross_entropy_loss", [logits, target], [label_smoothing, weight, ignore_index])


def nll_loss(
    log_probs: ColumnOrName,
    label: ColumnOrName,
    *,
    weight: Iterable[float] | None = None,
    ignore_index: int | None = None,
) -> Column:
    """Cross entropy of a row that already holds log-probabilities.

    Parameters
    ----------
    log_probs : column of ARRAY<DOUBLE>
        log-probabilities, one a class
    label : column of INT
        the class index, from 0; -100 gives NULL
    weight : Iterable[float], default None
        one factor a class; none by default; allowed: an array of numbers
    ignore_index : int, default -100
        the label whose rows give NULL; allowed: a whole number

    Returns
    -------
    Column of DOUBLE
        [0, inf] for log-probabilities

    Notes
    -----
    Formula: -w_y logp_y
    Source: torch.nn.functional.nll_loss(reduction='none')

    Examples
    --------
    In SQL: nll_loss(log_softmax(array(2.0, 0.5, -1.0)), 0)
    """
    return call("nll_loss", [log_probs, label], [weight, ignore_index])


def label_smoothing_loss(
    logits: ColumnOrName,
    label: ColumnOrName,
    *,
    alpha: float | None = None,
) -> Column:
    """Cross entropy with label smoothing.

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        unnormalised scores, one a class; one alone is a class that is certain: of two classes with
        one logit z a row give array(0, z)
    label : column of INT
        the class index, from 0; -100 gives NULL
    alpha : float, default 0.1
        the mass that is spread evenly over all classes; allowed: a number in [0, 1]

    Returns
    -------
    Column of DOUBLE
        [0, inf]

    Notes
    -----
    Formula: -log p_y + alpha (z_y - mean z)
    Source: Szegedy et al. 2015, arXiv:1512.00567; Zhou et al. 2025, MaxSup, arXiv:2502.15798 (this
        form)

    Examples
    --------
    In SQL: label_smoothing_loss(array(2.0, 0.5, -1.0), 0)
    """
    return call("label_smoothing_loss", [logits, label], [alpha])


def poly1_cross_entropy_loss(
    logits: ColumnOrName,
    label: ColumnOrName,
    *,
    epsilon: float | None = None,
) -> Column:
    """Cross entropy with another first term of its expansion in 1 - p_y.

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        unnormalised scores, one a class; one alone is a class that is certain: of two classes with
        one logit z a row give array(0, z)
    label : column of INT
        the class index, from 0; -100 gives NULL
    epsilon : float, default 1.0
        the change of the first polynomial coefficient; allowed: a number

    Returns
    -------
    Column of DOUBLE
        [0, inf] for epsilon >= -1

    Notes
    -----
    Formula: -log p_y + epsilon (1 - p_y)
    Source: Leng et al. 2022, PolyLoss, arXiv:2204.12511

    Examples
    --------
    In SQL: poly1_cross_entropy_loss(array(2.0, 0.5, -1.0), 0)
    """
    return call("poly1_cross_entropy_loss", [logits, label], [epsilon])


def focal_loss(
    logits: ColumnOrName,
    label: ColumnOrName,
    *,
    gamma: float | None = None,
    weight: Iterable[float] | None = None,
) -> Column:
    """Cross entropy, discounted where the label's probability is high.

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        unnormalised scores, one a class; one alone is a class that is certain: of two classes with
        one logit z a row give array(0, z)
    label : column of INT
        the class index, from 0; -100 gives NULL
    gamma : float, default 2.0
        how strongly easy rows are discounted; allowed: a number in [0, inf)
    weight : Iterable[float], default None
        one factor a class; none by default; allowed: an array of numbers

    Returns
    -------
    Column of DOUBLE
        [0, inf]

    Notes
    -----
    Formula: w_y (1 - p_y)^gamma (-log p_y)
    Source: Lin et al. 2017, arXiv:1708.02002; its multi-class form: Mukhoti et al. 2020,
        arXiv:2002.09437

    Examples
    --------
    In SQL: focal_loss(array(2.0, 0.5, -1.0), 0, gamma => 3)
    """
    return call("focal_loss", [logits, label], [gamma, weight])


def dual_focal_loss(logits: ColumnOrName, label: ColumnOrName, *, gamma: float) -> Column:
    """Focal loss by the lead over the next class below the label.

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        unnormalised scores, one a class; one alone is a class that is certain: of two classes with
        one logit z a row give array(0, z)
    label : column of INT
        the class index, from 0; -100 gives NULL
    gamma : float
        how strongly easy rows are discounted; allowed: a number in [0, inf)

    Returns
    -------
    Column of DOUBLE
        [0, inf]

    Notes
    -----
    Formula: (1 - p_y + p_j)^gamma (-log p_y); p_j = max{p_k : z_k < z_y}, 0 if there is none
    Source: Tao, Dong & Xu 2023, Dual Focal Loss, arXiv:2305.13665

    Examples
    --------
    In SQL: dual_focal_loss(array(2.0, 0.5, -1.0), 0, gamma => 5)
    """
    return call("dual_focal_loss", [logits, label], [gamma])


def flsd53_loss(logits: ColumnOrName, label: ColumnOrName, *, gamma: float | None = None) -> Column:
    """Focal loss that discounts more where the label is found improbable.

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        unnormalised scores, one a class; one alone is a class that is certain: of two classes with
        one logit z a row give array(0, z)
    label : column of INT
        the class index, from 0; -100 gives NULL
    gamma : float, default 3.0
        the discount of rows with p_y >= 0.5; allowed: a number in [0, inf)

    Returns
    -------
    Column of DOUBLE
        [0, inf]

    Notes
    -----
    Formula: (1 - p_y)^g (-log p_y); g = 5 for p_y < 0.2, 3 for p_y < 0.5, else gamma
    Source: Mukhoti et al. 2020, arXiv:2002.09437 (FLSD-53)

    Examples
    --------
    In SQL: flsd53_loss(array(2.0, 0.5, -1.0), 0)
    """
    return call("flsd53_loss", [logits, label], [gamma])


def asymmetric_single_label_loss(
    logits: ColumnOrName,
    label: ColumnOrName,
    *,
    gamma_pos: float | None = None,
    gamma_neg: float | None = None,
    label_smoothing: float | None = None,
) -> Column:
    """Smoothed cross entropy with discounts for the label and for the other classes.

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        unnormalised scores, one a class; one alone is a class that is certain: of two classes with
        one logit z a row give array(0, z)
    label : column of INT
        the class index, from 0; -100 gives NULL
    gamma_pos : float, default 0.0
        the discount of the label; allowed: a number in [0, inf)
    gamma_neg : float, default 4.0
        the discount of the other classes; allowed: a number in [0, inf)
    label_smoothing : float, default 0.1
        the mass e that is spread evenly over all classes; allowed: a number in [0, 1]

    Returns
    -------
    Column of DOUBLE
        [0, inf]

    Notes
    -----
    Formula: -sum_c t_c w_c log p_c; t = (1-e) onehot + e/C, w_y = (1 - p_y)^gamma_pos, w_j =
        p_j^gamma_neg
    Source: Ridnik et al. 2020, arXiv:2009.14119 (ASLSingleLabel of its code)

    Examples
    --------
    In SQL: asymmetric_single_label_loss(array(2.0, 0.5, -1.0), 0)
    """
    return call(
        "asymmetric_single_label_loss", [logits, label], [gamma_pos, gamma_neg, label_smoothing]
    )


def poly_cross_entropy_loss(
    logits: ColumnOrName,
    label: ColumnOrName,
    *,
    epsilons: Iterable[float],
) -> Column:
    """Cross entropy with other first terms of its expansion in 1 - p_y.

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        unnormalised scores, one a class; one alone is a class that is certain: of two classes with
        one logit z a row give array(0, z)
    label : column of INT
        the class index, from 0; -100 gives NULL
    epsilons : Iterable[float]
        the changes of the first polynomial coefficients; may be empty; allowed: an array of numbers

    Returns
    -------
    Column of DOUBLE
        [0, inf] for epsilons >= 0

    Notes
    -----
    Formula: -log p_y + sum_{j=1..N} epsilon_j (1 - p_y)^j
    Source: Leng et al. 2022, PolyLoss, arXiv:2204.12511

    Examples
    --------
    In SQL: poly_cross_entropy_loss(array(2.0, 0.5, -1.0), 0, array(1.0, 0.5))
    """
    return call("poly_cross_entropy_loss", [logits, label], [epsilons])


def poly1_focal_loss(
    logits: ColumnOrName,
    label: ColumnOrName,
    *,
    epsilon: float | None = None,
    gamma: float | None = None,
) -> Column:
    """Focal loss with another first term of its expansion in 1 - p_y.

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        unnormalised scores, one a class; one alone is a class that is certain: of two classes with
        one logit z a row give array(0, z)
    label : column of INT
        the class index, from 0; -100 gives NULL
    epsilon : float, default 1.0
        the change of the first polynomial coefficient; allowed: a number
    gamma : float, default 2.0
        how strongly easy rows are discounted; allowed: a number in [0, inf)

    Returns
    -------
    Column of DOUBLE
        [0, inf] for epsilon >= -1

    Notes
    -----
    Formula: (1 - p_y)^gamma (-log p_y) + epsilon (1 - p_y)^(gamma + 1)
    Source: Leng et al. 2022, PolyLoss, arXiv:2204.12511

    Examples
    --------
    In SQL: poly1_focal_loss(array(2.0, 0.5, -1.0), 0)
    """
    return call("poly1_focal_loss", [logits, label], [epsilon, gamma])


def poly_focal_loss(
    logits: ColumnOrName,
    label: ColumnOrName,
    *,
    epsilons: Iterable[float],
    gamma: float | None = None,
) -> Column:
    """Focal loss with other first terms of its expansion in 1 - p_y.

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        unnormalised scores, one a class; one alone is a class that is certain: of two classes with
        one logit z a row give array(0, z)
    label : column of INT
        the class index, from 0; -100 gives NULL
    epsilons : Iterable[float]
        the changes of the first polynomial coefficients; may be empty; allowed: an array of numbers
    gamma : float, default 2.0
        how strongly easy rows are discounted; allowed: a number in [0, inf)

    Returns
    -------
    Column of DOUBLE
        [0, inf] for epsilons >= 0

    Notes
    -----
    Formula: (1 - p_y)^gamma (-log p_y) + sum_{j=1..N} epsilon_j (1 - p_y)^(gamma + j)
    Source: Leng et al. 2022, PolyLoss, arXiv:2204.12511

    Examples
    --------
    In SQL: poly_focal_loss(array(2.0, 0.5, -1.0), 0, array(1.0, 0.5))
    """
    return call("poly_focal_loss", [logits, label], [epsilons, gamma])


def comp_sum_loss(logits: ColumnOrName, label: ColumnOrName, *, tau: float | None = None) -> Column:
    """The family that holds cross entropy, its generalized form and 1 - p_y.

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        unnormalised scores, one a class; one alone is a class that is certain: of two classes with
        one logit z a row give array(0, z)
    label : column of INT
        the class index, from 0; -100 gives NULL
    tau : float, default 1.0
        0 is sum-exponential, 1 cross entropy, in (1, 2) generalized cross entropy, 2 is 1 - p_y;
        allowed: a number in [0, inf)

    Returns
    -------
    Column of DOUBLE
        [0, inf] for tau <= 1, else [0, 1/(tau-1)]

    Notes
    -----
    Formula: ((1+u)^(1-tau) - 1) / (1-tau), log(1+u) for tau = 1; u = sum_{j != y} exp(z_j - z_y)
    Source: Mao, Mohri & Zhong 2023, arXiv:2304.07288

    Examples
    --------
    In SQL: comp_sum_loss(array(2.0, 0.5, -1.0), 0, tau => 1.5)
    """
    return call("comp_sum_loss", [logits, label], [tau])


def sum_exponential_loss(logits: ColumnOrName, label: ColumnOrName) -> Column:
    """The sum of the exponentials of the negative margins.

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        unnormalised scores, one a class; one alone is a class that is certain: of two classes with
        one logit z a row give array(0, z)
    label : column of INT
        the class index, from 0; -100 gives NULL

    Returns
    -------
    Column of DOUBLE
        [0, inf]

    Notes
    -----
    Formula: sum_{j != y} exp(z_j - z_y)
    Source: Weston & Watkins 1998; Mao, Mohri & Zhong 2023, arXiv:2304.07288 (comp-sum with tau = 0)

    Examples
    --------
    In SQL: sum_exponential_loss(array(2.0, 0.5, -1.0), 0)
    """
    return call("sum_exponential_loss", [logits, label], [])


def unhinged_loss(logits: ColumnOrName, label: ColumnOrName) -> Column:
    """The probability that is not the label's (no linear loss of margins).

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        unnormalised scores, one a class; one alone is a class that is certain: of two classes with
        one logit z a row give array(0, z)
    label : column of INT
        the class index, from 0; -100 gives NULL

    Returns
    -------
    Column of DOUBLE
        [0, 1]

    Notes
    -----
    Formula: 1 - p_y
    Source: Mao, Mohri & Zhong 2023, arXiv:2304.07288 (comp-sum with tau = 2); Zhang & Sabuncu 2018,
        arXiv:1805.07836 (q = 1)

    Examples
    --------
    In SQL: unhinged_loss(array(2.0, 0.5, -1.0), 0)
    """
    return call("unhinged_loss", [logits, label], [])


def smooth_adversarial_comp_sum_loss(
    logits: ColumnOrName,
    adversarial_logits: ColumnOrName,
    label: ColumnOrName,
    *,
    tau: float | None = None,
    rho: float | None = None,
    nu: float | None = None,
) -> Column:
    """A comp-sum loss plus how far a perturbation of the input moves the margins.

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        unnormalised scores, one a class; one alone is a class that is certain: of two classes with
        one logit z a row give array(0, z)
    adversarial_logits : column of ARRAY<DOUBLE>
        the logits of the perturbed input
    label : column of INT
        the class index, from 0; -100 gives NULL
    tau : float, default 1.0
        0 is sum-exponential, 1 cross entropy, in (1, 2) generalized cross entropy, 2 is 1 - p_y;
        allowed: a number in [0, inf)
    rho : float, default 1.0
        the margin; allowed: a number in (0, inf)
    nu : float, default 1.0
        the weight of the change of the margins; allowed: a number in [0, inf)

    Returns
    -------
    Column of DOUBLE
        [0, inf]

    Notes
    -----
    Formula: comp_sum(u) + nu ||D(adversarial) - D(clean)||_2; u = sum_{j != y} exp((z_j -
        z_y)/rho), D_j(v) = v_y - v_j
    Source: Mao, Mohri & Zhong 2023, arXiv:2304.07288 section 5, for a given perturbation

    Examples
    --------
    In SQL: smooth_adversarial_comp_sum_loss(array(2.0, 0.5, -1.0), array(1.5, 0.5, -0.5), 0)
    """
    return call(
        "smooth_adversarial_comp_sum_loss", [logits, adversarial_logits, label], [tau, rho, nu]
    )


def brier_loss(logits: ColumnOrName, target: ColumnOrName) -> Column:
    """The squared distance of the probabilities from the label.

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        unnormalised scores, one a class; one alone is a class that is certain: of two classes with
        one logit z a row give array(0, z)
    target : column of INT | ARRAY<DOUBLE>
        the class index, from 0 (-100 gives NULL), or a soft label with one number a class

    Returns
    -------
    Column of DOUBLE
        [0, 2] for labels that are probabilities

    Notes
    -----
    Formula: sum_c (p_c - t_c)^2, with t the one-hot of a class index
    Source: Brier 1950; the sum over classes, not its half nor its mean

    Examples
    --------
    In SQL: brier_loss(array(2.0, 0.5, -1.0), 0)
    """
    return call("brier_loss", [logits, target], [])


def squentropy_loss(logits: ColumnOrName, label: ColumnOrName) -> Column:
    """Cross entropy plus the mean square of the other classes' logits.

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        unnormalised scores, one a class; one alone is a class that is certain: of two classes with
        one logit z a row give array(0, z)
    label : column of INT
        the class index, from 0; -100 gives NULL

    Returns
    -------
    Column of DOUBLE
        [0, inf]; 0 for one class

    Notes
    -----
    Formula: -log p_y + sum_{j != y} z_j^2 / (C - 1)
    Source: Hui, Belkin & Wright 2023, arXiv:2302.03952

    Examples
    --------
    In SQL: squentropy_loss(array(2.0, 0.5, -1.0), 0)
    """
    return call("squentropy_loss", [logits, label], [])


def spherical_score_loss(logits: ColumnOrName, target: ColumnOrName) -> Column:
    """One less the cosine between probabilities and label: the spherical score.

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        unnormalised scores, one a class; one alone is a class that is certain: of two classes with
        one logit z a row give array(0, z)
    target : column of INT | ARRAY<DOUBLE>
        the class index, from 0 (-100 gives NULL), or a soft label with one number a class

    Returns
    -------
    Column of DOUBLE
        [0, 1] for labels that are probabilities

    Notes
    -----
    Formula: 1 - sum_c p_c t_c / sqrt(sum_c p_c^2), with t the one-hot of a class index
    Source: Gneiting & Raftery 2007, the spherical scoring rule

    Examples
    --------
    In SQL: spherical_score_loss(array(2.0, 0.5, -1.0), 0)
    """
    return call("spherical_score_loss", [logits, target], [])


def spherical_score(logits: ColumnOrName, label: ColumnOrName) -> Column:
    """The label's probability over the length of all; higher is better.

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        unnormalised scores, one a class; one alone is a class that is certain: of two classes with
        one logit z a row give array(0, z)
    label : column of INT
        the class index, from 0; -100 gives NULL

    Returns
    -------
    Column of DOUBLE
        [0, 1]

    Notes
    -----
    Formula: p_y / sqrt(sum_c p_c^2)
    Source: Gneiting & Raftery 2007, doi:10.1198/016214506000001437

    Examples
    --------
    In SQL: spherical_score(array(2.0, 0.5, -1.0), 0)
    """
    return call("spherical_score", [logits, label], [])


def rps(logits: ColumnOrName, label: ColumnOrName, *, normalized: bool | None = None) -> Column:
    """The ranked probability score of classes that are in order.

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        unnormalised scores, one a class; one alone is a class that is certain: of two classes with
        one logit z a row give array(0, z)
    label : column of INT
        the class index, from 0; -100 gives NULL
    normalized : bool, default False
        divides by C - 1

    Returns
    -------
    Column of DOUBLE
        [0, C - 1]; normalized [0, 1], NaN for one class

    Notes
    -----
    Formula: sum_{k < C-1} (F_k - [y <= k])^2, F_k = sum_{c <= k} p_c; normalized: / (C - 1)
    Source: Epstein 1969; Gneiting & Raftery 2007, doi:10.1198/016214506000001437

    Examples
    --------
    In SQL: rps(array(2.0, 0.5, -1.0), 0)
    """
    return call("rps", [logits, label], [normalized])


def crps_discrete(logits: ColumnOrName, label: ColumnOrName, *, values: Iterable[float]) -> Column:
    """The continuous ranked probability score of classes that stand for numbers.

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        unnormalised scores, one a class; one alone is a class that is certain: of two classes with
        one logit z a row give array(0, z)
    label : column of INT
        the class index, from 0; -100 gives NULL
    values : Iterable[float]
        the number that each class stands for, ascending; allowed: an array of numbers

    Returns
    -------
    Column of DOUBLE
        [0, v_last - v_first]

    Notes
    -----
    Formula: sum_{k < C-1} (F_k - [y <= k])^2 (v_{k+1} - v_k), F_k = sum_{c <= k} p_c
    Source: Gneiting & Raftery 2007, doi:10.1198/016214506000001437

    Examples
    --------
    In SQL: crps_discrete(array(2.0, 0.5, -1.0), 0, values => array(0, 1, 4))
    """
    return call("crps_discrete", [logits, label], [values])


def excess_confidence(logits: ColumnOrName, label: ColumnOrName) -> Column:
    """Cross entropy less the entropy of the prediction: on average 0 for a calibrated model, above
    it for an overconfident one.

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        unnormalised scores, one a class; one alone is a class that is certain: of two classes with
        one logit z a row give array(0, z)
    label : column of INT
        the class index, from 0; -100 gives NULL

    Returns
    -------
    Column of DOUBLE
        [-log C, inf]

    Notes
    -----
    Formula: -log p_y - H(p), H(p) = -sum_c p_c log p_c
    Source: Muttenthaler et al. 2024, Set Learning, arXiv:2307.02245 (relative cross-entropy)

    Examples
    --------
    In SQL: excess_confidence(array(2.0, 0.5, -1.0), 0)
    """
    return call("excess_confidence", [logits, label], [])


def binary_cross_entropy_with_logits_loss(
    logit: ColumnOrName,
    target: ColumnOrName,
    *,
    pos_weight: float | None = None,
    weight: float | None = None,
) -> Column:
    """Cross entropy of a yes-or-no prediction given by its log-odds.

    Parameters
    ----------
    logit : column of DOUBLE
        the log-odds of a yes
    target : column of DOUBLE
        1 for yes, 0 for no, or the probability of yes
    pos_weight : float, default 1.0
        a factor of the loss of a yes; allowed: a number
    weight : float, default 1.0
        a factor of every loss; allowed: a number

    Returns
    -------
    Column of DOUBLE
        [0, inf] for targets in [0, 1] and weights >= 0

    Notes
    -----
    Formula: weight (pos_weight t softplus(-z) + (1-t) softplus(z)); softplus(x) = log(1 + e^x)
    Source: torch.nn.functional.binary_cross_entropy_with_logits(reduction='none')

    Examples
    --------
    In SQL: binary_cross_entropy_with_logits_loss(1.5, 1)
    """
    return call("binary_cross_entropy_with_logits_loss", [logit, target], [pos_weight, weight])


def binary_cross_entropy_loss(
    prob: ColumnOrName,
    target: ColumnOrName,
    *,
    weight: float | None = None,
) -> Column:
    """Cross entropy of a yes-or-no prediction given by its probability.

    Parameters
    ----------
    prob : column of DOUBLE
        the probability of a yes, in [0, 1]
    target : column of DOUBLE
        1 for yes, 0 for no, or the probability of yes
    weight : float, default 1.0
        a factor of every loss; allowed: a number

    Returns
    -------
    Column of DOUBLE
        [0, 100 weight] for targets in [0, 1]

    Notes
    -----
    Formula: -weight (t max(log p, -100) + (1-t) max(log(1-p), -100))
    Source: torch.nn.functional.binary_cross_entropy(reduction='none')

    Examples
    --------
    In SQL: binary_cross_entropy_loss(0.8, 1)
    """
    return call("binary_cross_entropy_loss", [prob, target], [weight])


def sigmoid_focal_loss(
    logit: ColumnOrName,
    target: ColumnOrName,
    *,
    alpha: float | None = None,
    gamma: float | None = None,
) -> Column:
    """Binary cross entropy, discounted where the target is found probable.

    Parameters
    ----------
    logit : column of DOUBLE
        the log-odds of a yes
    target : column of DOUBLE
        1 for yes, 0 for no, or the probability of yes
    alpha : float, default 0.25
        the weight of a yes, 1 - alpha of a no; none below 0; allowed: a number
    gamma : float, default 2.0
        how strongly easy rows are discounted; allowed: a number in [0, inf)

    Returns
    -------
    Column of DOUBLE
        [0, inf] for targets and alpha in [0, 1]

    Notes
    -----
    Formula: a_t (1 - p_t)^gamma BCE(z, t); s = sigmoid(z), p_t = t s + (1-t)(1-s), a_t = alpha t +
        (1-alpha)(1-t), 1 for alpha < 0
    Source: Lin et al. 2017, arXiv:1708.02002; torchvision.ops.sigmoid_focal_loss

    Examples
    --------
    In SQL: sigmoid_focal_loss(1.5, 1)
    """
    return call("sigmoid_focal_loss", [logit, target], [alpha, gamma])


def poly1_sigmoid_focal_loss(
    logit: ColumnOrName,
    target: ColumnOrName,
    *,
    epsilon: float | None = None,
    alpha: float | None = None,
    gamma: float | None = None,
) -> Column:
    """Sigmoid focal loss with another first term of its expansion in 1 - p_t.

    Parameters
    ----------
    logit : column of DOUBLE
        the log-odds of a yes
    target : column of DOUBLE
        1 for yes, 0 for no, or the probability of yes
    epsilon : float, default 1.0
        the change of the first polynomial coefficient; allowed: a number
    alpha : float, default 0.25
        the weight of a yes, 1 - alpha of a no; none below 0; allowed: a number
    gamma : float, default 2.0
        how strongly easy rows are discounted; allowed: a number in [0, inf)

    Returns
    -------
    Column of DOUBLE
        [0, inf] for targets and alpha in [0, 1] and epsilon >= 0

    Notes
    -----
    Formula: sigmoid_focal_loss(z, t, alpha, gamma) + epsilon (1 - p_t)^(gamma + 1)
    Source: Leng et al. 2022, PolyLoss, arXiv:2204.12511: no alpha in the second term

    Examples
    --------
    In SQL: poly1_sigmoid_focal_loss(1.5, 1)
    """
    return call("poly1_sigmoid_focal_loss", [logit, target], [epsilon, alpha, gamma])


def ovr_loss(logits: ColumnOrName, label: ColumnOrName) -> Column:
    """Binary cross entropy, summed over the classes.

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        unnormalised scores, one a class; one alone is a class that is certain: of two classes with
        one logit z a row give array(0, z)
    label : column of INT
        the class index, from 0; -100 gives NULL

    Returns
    -------
    Column of DOUBLE
        [0, inf]

    Notes
    -----
    Formula: softplus(-z_y) + sum_{j != y} softplus(z_j); softplus(x) = log(1 + e^x)
    Source: Padhy et al. 2020, arXiv:2007.05134; the sum over classes, not their mean

    Examples
    --------
    In SQL: ovr_loss(array(2.0, 0.5, -1.0), 0)
    """
    return call("ovr_loss", [logits, label], [])


def asymmetric_loss(
    logits: ColumnOrName,
    targets: ColumnOrName,
    *,
    gamma_neg: float | None = None,
    gamma_pos: float | None = None,
    clip: float | None = None,
    eps: float | None = None,
) -> Column:
    """Focal loss of many labels at once, milder on the positive ones.

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        unnormalised scores, one a class; one alone is a class that is certain: of two classes with
        one logit z a row give array(0, z)
    targets : column of ARRAY<DOUBLE>
        1 for the classes that apply, else 0
    gamma_neg : float, default 4.0
        how strongly easy negatives are discounted; allowed: a number in [0, inf)
    gamma_pos : float, default 1.0
        how strongly easy positives are discounted; allowed: a number in [0, inf)
    clip : float, default 0.05
        negatives below this probability cost nothing; allowed: a number in [0, 1]
    eps : float, default 1.0E-8
        the smallest probability that is told from 0; allowed: a number in [0, 1]

    Returns
    -------
    Column of DOUBLE
        [0, inf] for targets in [0, 1]

    Notes
    -----
    Formula: -sum_c (t log max(s, eps) + (1-t) log max(x, eps)) (1 - p_t)^(gamma_pos t + gamma_neg
        (1-t)); s = sigmoid(z), x = min(1 - s + clip, 1), p_t = s t + x (1-t)
    Source: Ridnik et al. 2020, arXiv:2009.14119, with the defaults of its code

    Examples
    --------
    In SQL: asymmetric_loss(array(2.0, 0.5, -1.0), array(1.0, 0.0, 1.0))
    """
    return call("asymmetric_loss", [logits, targets], [gamma_neg, gamma_pos, clip, eps])


def crammer_singer_loss(
    logits: ColumnOrName,
    label: ColumnOrName,
    *,
    margin: float | None = None,
) -> Column:
    """How far the label's logit is from leading the strongest other by the margin.

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        unnormalised scores, one a class; one alone is a class that is certain: of two classes with
        one logit z a row give array(0, z)
    label : column of INT
        the class index, from 0; -100 gives NULL
    margin : float, default 1.0
        the lead at which the loss ends; allowed: a number in [0, inf)

    Returns
    -------
    Column of DOUBLE
        [0, inf]; 0 for one class

    Notes
    -----
    Formula: max(0, margin + max_{j != y} z_j - z_y)
    Source: Crammer & Singer 2001; sklearn.metrics.hinge_loss, multi-class

    Examples
    --------
    In SQL: crammer_singer_loss(array(2.0, 0.5, -1.0), 1)
    """
    return call("crammer_singer_loss", [logits, label], [margin])


def weston_watkins_loss(
    logits: ColumnOrName,
    label: ColumnOrName,
    *,
    margin: float | None = None,
    p: int | None = None,
) -> Column:
    """How far the label's logit is from leading each other by the margin, in sum.

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        unnormalised scores, one a class; one alone is a class that is certain: of two classes with
        one logit z a row give array(0, z)
    label : column of INT
        the class index, from 0; -100 gives NULL
    margin : float, default 1.0
        the lead at which the loss ends; allowed: a number in [0, inf)
    p : int, default 1
        the power to which each hinge is raised; allowed: a whole number in [1, inf)

    Returns
    -------
    Column of DOUBLE
        [0, inf]; 0 for one class

    Notes
    -----
    Formula: sum_{j != y} max(0, margin + z_j - z_y)^p
    Source: Weston & Watkins 1999; torch.nn.functional.multi_margin_loss is this divided by C

    Examples
    --------
    In SQL: weston_watkins_loss(array(2.0, 0.5, -1.0), 1)
    """
    return call("weston_watkins_loss", [logits, label], [margin, p])


def one_vs_all_hinge_loss(
    logits: ColumnOrName,
    label: ColumnOrName,
    *,
    margin: float | None = None,
    squared: bool | None = None,
) -> Column:
    """The binary hinge of every class against all others, in sum.

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        unnormalised scores, one a class; one alone is a class that is certain: of two classes with
        one logit z a row give array(0, z)
    label : column of INT
        the class index, from 0; -100 gives NULL
    margin : float, default 1.0
        the lead at which the loss ends; allowed: a number in [0, inf)
    squared : bool, default False
        whether each hinge is squared

    Returns
    -------
    Column of DOUBLE
        [0, inf]

    Notes
    -----
    Formula: sum_j max(0, margin - s_j z_j), s_y = 1, s_j = -1 for j != y; squared: of squares
    Source: squared: Tang 2013, arXiv:1306.0239; Agarap 2017, arXiv:1712.03541, whose code divides
        by C and adds a penalty on the weights

    Examples
    --------
    In SQL: one_vs_all_hinge_loss(array(2.0, 0.5, -1.0), 0)
    """
    return call("one_vs_all_hinge_loss", [logits, label], [margin, squared])


def binary_hinge_loss(
    logit: ColumnOrName,
    label: ColumnOrName,
    *,
    margin: float | None = None,
    squared: bool | None = None,
) -> Column:
    """How far the logit is from the margin on the label's side.

    Parameters
    ----------
    logit : column of DOUBLE
        the score; positive speaks for label 1
    label : column of INT
        0 or 1; -100 gives NULL
    margin : float, default 1.0
        the lead at which the loss ends; allowed: a number in [0, inf)
    squared : bool, default False
        whether each hinge is squared

    Returns
    -------
    Column of DOUBLE
        [0, inf]

    Notes
    -----
    Formula: max(0, margin - s z), s = 1 for label 1, -1 for label 0; squared: its square
    Source: Cortes & Vapnik 1995; torchmetrics BinaryHingeLoss

    Examples
    --------
    In SQL: binary_hinge_loss(0.3, 1)
    """
    return call("binary_hinge_loss", [logit, label], [margin, squared])


def binary_exponential_loss(logit: ColumnOrName, label: ColumnOrName) -> Column:
    """The loss that AdaBoost minimises.

    Parameters
    ----------
    logit : column of DOUBLE
        the score; positive speaks for label 1
    label : column of INT
        0 or 1; -100 gives NULL

    Returns
    -------
    Column of DOUBLE
        [0, inf]; infinite where it exceeds the largest double

    Notes
    -----
    Formula: exp(-s z), s = 1 for label 1, -1 for label 0
    Source: Friedman, Hastie & Tibshirani 2000

    Examples
    --------
    In SQL: binary_exponential_loss(0.3, 1)
    """
    return call("binary_exponential_loss", [logit, label], [])


def generalized_cross_entropy_loss(
    logits: ColumnOrName,
    label: ColumnOrName,
    *,
    q: float | None = None,
    k: float | None = None,
) -> Column:
    """Between cross entropy and mean absolute error, for noisy labels.

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        unnormalised scores, one a class; one alone is a class that is certain: of two classes with
        one logit z a row give array(0, z)
    label : column of INT
        the class index, from 0; -100 gives NULL
    q : float, default 0.7
        0 is cross entropy, 1 is 1 - p_y; allowed: a number in [0, 1]
    k : float, default 0.0
        the loss is constant where p_y <= k; allowed: a number in [0, 1]

    Returns
    -------
    Column of DOUBLE
        [0, 1/q]

    Notes
    -----
    Formula: (1 - p^q) / q with p = max(p_y, k); -log p for q = 0
    Source: Zhang & Sabuncu 2018, arXiv:1805.07836

    Examples
    --------
    In SQL: generalized_cross_entropy_loss(array(2.0, 0.5, -1.0), 0, q => 0.5)
    """
    return call("generalized_cross_entropy_loss", [logits, label], [q, k])


def mae_loss(logits: ColumnOrName, target: ColumnOrName) -> Column:
    """The absolute distance of the probabilities from the label.

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        unnormalised scores, one a class; one alone is a class that is certain: of two classes with
        one logit z a row give array(0, z)
    target : column of INT | ARRAY<DOUBLE>
        the class index, from 0 (-100 gives NULL), or a soft label with one number a class

    Returns
    -------
    Column of DOUBLE
        [0, 2] for labels that are probabilities

    Notes
    -----
    Formula: sum_c |p_c - t_c|; 2 (1 - p_y) for a class index
    Source: Ghosh, Kumar & Sastry 2017, arXiv:1712.09482

    Examples
    --------
    In SQL: mae_loss(array(2.0, 0.5, -1.0), 0)
    """
    return call("mae_loss", [logits, target], [])


def reverse_cross_entropy_loss(
    logits: ColumnOrName,
    target: ColumnOrName,
    *,
    log_zero: float | None = None,
) -> Column:
    """Cross entropy with label and probabilities exchanged.

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        unnormalised scores, one a class; one alone is a class that is certain: of two classes with
        one logit z a row give array(0, z)
    target : column of INT | ARRAY<DOUBLE>
        the class index, from 0 (-100 gives NULL), or a soft label with one number a class
    log_zero : float, default -4.0
        what stands for log 0; allowed: a number in (-inf, 0]

    Returns
    -------
    Column of DOUBLE
        [0, -log_zero] for labels that are probabilities

    Notes
    -----
    Formula: -sum_k p_k max(log t_k, log_zero); -log_zero (1 - p_y) for a class index
    Source: Wang et al. 2019, Symmetric Cross Entropy, arXiv:1908.06112

    Examples
    --------
    In SQL: reverse_cross_entropy_loss(array(2.0, 0.5, -1.0), 0)
    """
    return call("reverse_cross_entropy_loss", [logits, target], [log_zero])


def symmetric_cross_entropy_loss(
    logits: ColumnOrName,
    target: ColumnOrName,
    *,
    alpha: float | None = None,
    beta: float | None = None,
    log_zero: float | None = None,
) -> Column:
    """Cross entropy plus reverse cross entropy.

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        unnormalised scores, one a class; one alone is a class that is certain: of two classes with
        one logit z a row give array(0, z)
    target : column of INT | ARRAY<DOUBLE>
        the class index, from 0 (-100 gives NULL), or a soft label with one number a class
    alpha : float, default 0.1
        the weight of cross entropy; allowed: a number
    beta : float, default 1.0
        the weight of reverse cross entropy; allowed: a number
    log_zero : float, default -4.0
        what stands for log 0; allowed: a number in (-inf, 0]

    Returns
    -------
    Column of DOUBLE
        [0, inf] for weights >= 0

    Notes
    -----
    Formula: alpha cross_entropy_loss(z, t) + beta reverse_cross_entropy_loss(z, t, log_zero)
    Source: Wang et al. 2019, arXiv:1908.06112

    Examples
    --------
    In SQL: symmetric_cross_entropy_loss(array(2.0, 0.5, -1.0), 0)
    """
    return call("symmetric_cross_entropy_loss", [logits, target], [alpha, beta, log_zero])


def agce_loss(
    logits: ColumnOrName,
    label: ColumnOrName,
    *,
    a: float | None = None,
    q: float | None = None,
) -> Column:
    """Asymmetric generalized cross entropy, for noisy labels.

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        unnormalised scores, one a class; one alone is a class that is certain: of two classes with
        one logit z a row give array(0, z)
    label : column of INT
        the class index, from 0; -100 gives NULL
    a : float, default 1.0
        the larger, the more symmetric; allowed: a number in [0, inf)
    q : float, default 2.0
        the power; allowed: a number other than 0

    Returns
    -------
    Column of DOUBLE
        [0, ((a+1)^q - a^q)/q]

    Notes
    -----
    Formula: ((a+1)^q - (a+p_y)^q) / q
    Source: Zhou et al. 2021, Asymmetric Loss Functions, arXiv:2106.03110

    Examples
    --------
    In SQL: agce_loss(array(2.0, 0.5, -1.0), 0)
    """
    return call("agce_loss", [logits, label], [a, q])


def aul_loss(
    logits: ColumnOrName,
    label: ColumnOrName,
    *,
    a: float | None = None,
    q: float | None = None,
) -> Column:
    """Asymmetric unhinged loss, for noisy labels.

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        unnormalised scores, one a class; one alone is a class that is certain: of two classes with
        one logit z a row give array(0, z)
    label : column of INT
        the class index, from 0; -100 gives NULL
    a : float, default 1.5
        the larger, the more symmetric; allowed: a number in [1, inf)
    q : float, default 0.9
        the power; allowed: a number other than 0

    Returns
    -------
    Column of DOUBLE
        [0, (a^q - (a-1)^q)/q]

    Notes
    -----
    Formula: ((a-p_y)^q - (a-1)^q) / q
    Source: Zhou et al. 2021, arXiv:2106.03110

    Examples
    --------
    In SQL: aul_loss(array(2.0, 0.5, -1.0), 0)
    """
    return call("aul_loss", [logits, label], [a, q])


def normalized_cross_entropy_loss(logits: ColumnOrName, label: ColumnOrName) -> Column:
    """The label's share of the cross entropies of all labels.

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        unnormalised scores, one a class; one alone is a class that is certain: of two classes with
        one logit z a row give array(0, z)
    label : column of INT
        the class index, from 0; -100 gives NULL

    Returns
    -------
    Column of DOUBLE
        [0, 1]; NaN for one class or p_y = 0

    Notes
    -----
    Formula: log p_y / sum_k log p_k
    Source: Ma et al. 2020, arXiv:2006.13554

    Examples
    --------
    In SQL: normalized_cross_entropy_loss(array(2.0, 0.5, -1.0), 0)
    """
    return call("normalized_cross_entropy_loss", [logits, label], [])


def normalized_focal_loss(
    logits: ColumnOrName,
    label: ColumnOrName,
    *,
    gamma: float | None = None,
) -> Column:
    """The label's share of the focal losses of all labels.

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        unnormalised scores, one a class; one alone is a class that is certain: of two classes with
        one logit z a row give array(0, z)
    label : column of INT
        the class index, from 0; -100 gives NULL
    gamma : float, default 0.5
        how strongly easy rows are discounted; allowed: a number in [0, inf)

    Returns
    -------
    Column of DOUBLE
        [0, 1]; NaN for one class or p_y = 0

    Notes
    -----
    Formula: f(p_y) / sum_k f(p_k); f(p) = -(1-p)^gamma log p
    Source: Ma et al. 2020, arXiv:2006.13554

    Examples
    --------
    In SQL: normalized_focal_loss(array(2.0, 0.5, -1.0), 0)
    """
    return call("normalized_focal_loss", [logits, label], [gamma])


def normalized_mae_loss(logits: ColumnOrName, label: ColumnOrName) -> Column:
    """The label's share of the absolute errors of all labels.

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        unnormalised scores, one a class; one alone is a class that is certain: of two classes with
        one logit z a row give array(0, z)
    label : column of INT
        the class index, from 0; -100 gives NULL

    Returns
    -------
    Column of DOUBLE
        [0, 1/(C-1)]; NaN for one class

    Notes
    -----
    Formula: (1 - p_y) / (C - 1)
    Source: Ma et al. 2020, arXiv:2006.13554

    Examples
    --------
    In SQL: normalized_mae_loss(array(2.0, 0.5, -1.0), 0)
    """
    return call("normalized_mae_loss", [logits, label], [])


def normalized_reverse_cross_entropy_loss(logits: ColumnOrName, label: ColumnOrName) -> Column:
    """The label's share of the reverse cross entropies of all labels.

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        unnormalised scores, one a class; one alone is a class that is certain: of two classes with
        one logit z a row give array(0, z)
    label : column of INT
        the class index, from 0; -100 gives NULL

    Returns
    -------
    Column of DOUBLE
        [0, 1/(C-1)]; NaN for one class

    Notes
    -----
    Formula: (1 - p_y) / (C - 1): log 0 cancels, which makes it normalized_mae_loss
    Source: Ma et al. 2020, arXiv:2006.13554

    Examples
    --------
    In SQL: normalized_reverse_cross_entropy_loss(array(2.0, 0.5, -1.0), 0)
    """
    return call("normalized_reverse_cross_entropy_loss", [logits, label], [])


def normalized_generalized_cross_entropy_loss(
    logits: ColumnOrName,
    label: ColumnOrName,
    *,
    q: float | None = None,
) -> Column:
    """The label's share of the generalized cross entropies of all labels.

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        unnormalised scores, one a class; one alone is a class that is certain: of two classes with
        one logit z a row give array(0, z)
    label : column of INT
        the class index, from 0; -100 gives NULL
    q : float, default 0.7
        near 0 cross entropy, 1 is 1 - p_y; allowed: a number in (0, 1]

    Returns
    -------
    Column of DOUBLE
        [0, 1]; NaN for one class

    Notes
    -----
    Formula: (1 - p_y^q) / (C - sum_k p_k^q)
    Source: Ma et al. 2020, arXiv:2006.13554

    Examples
    --------
    In SQL: normalized_generalized_cross_entropy_loss(array(2.0, 0.5, -1.0), 0)
    """
    return call("normalized_generalized_cross_entropy_loss", [logits, label], [q])


def active_passive_loss(
    logits: ColumnOrName,
    label: ColumnOrName,
    *,
    active: str | None = None,
    passive: str | None = None,
    alpha: float | None = None,
    beta: float | None = None,
    gamma: float | None = None,
    log_zero: float | None = None,
) -> Column:
    """A normalized loss plus one that is bounded from the start.

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        unnormalised scores, one a class; one alone is a class that is certain: of two classes with
        one logit z a row give array(0, z)
    label : column of INT
        the class index, from 0; -100 gives NULL
    active : str, default "nce"
        the normalized loss: of cross entropy or of the focal loss; allowed: nce | nfl
    passive : str, default "rce"
        reverse cross entropy or mean absolute error 2 (1 - p_y); allowed: rce | mae
    alpha : float, default 1.0
        the weight of the active loss; allowed: a number
    beta : float, default 1.0
        the weight of the passive loss; allowed: a number
    gamma : float, default 0.5
        how strongly easy rows are discounted; allowed: a number in [0, inf)
    log_zero : float, default -4.0
        what stands for log 0; allowed: a number in (-inf, 0]

    Returns
    -------
    Column of DOUBLE
        [0, inf) for weights >= 0; NaN for one class or p_y = 0

    Notes
    -----
    Formula: alpha active + beta passive
    Source: Ma et al. 2020, arXiv:2006.13554

    Examples
    --------
    In SQL: active_passive_loss(array(2.0, 0.5, -1.0), 0, active => 'nfl')
    """
    return call(
        "active_passive_loss", [logits, label], [active, passive, alpha, beta, gamma, log_zero]
    )


def ldr_kl_loss(
    logits: ColumnOrName,
    label: ColumnOrName,
    *,
    margin: float | None = None,
    lambda_: float | None = None,
    normalize: str | None = None,
) -> Column:
    """The worst case over label distributions, at a price by their KL divergence.

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        unnormalised scores, one a class; one alone is a class that is certain: of two classes with
        one logit z a row give array(0, z)
    label : column of INT
        the class index, from 0; -100 gives NULL
    margin : float, default 2.0
        what the label must lead by; allowed: a number
    lambda_ : float, default 1.0
        how much of the worst case is smoothed away; allowed: a number in (0, inf)
    normalize : str, default "none"
        softplus_mean puts softplus(z) / mean softplus(z) for z; allowed: none | softplus_mean

    Returns
    -------
    Column of DOUBLE
        (-lambda log C, inf]

    Notes
    -----
    Formula: lambda log((1/C) sum_k exp((z_k - z_y + margin [k != y]) / lambda))
    Source: Zhu, Ying & Yang 2023, arXiv:2112.14869

    Examples
    --------
    In SQL: ldr_kl_loss(array(2.0, 0.5, -1.0), 0, margin => 1)
    """
    return call("ldr_kl_loss", [logits, label], [margin, lambda_, normalize])


def aldr_kl_loss(
    logits: ColumnOrName,
    label: ColumnOrName,
    *,
    margin: float | None = None,
    lambda0: float | None = None,
    alpha: float | None = None,
) -> Column:
    """ldr_kl_loss with a lambda that the row chooses itself.

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        unnormalised scores, one a class; one alone is a class that is certain: of two classes with
        one logit z a row give array(0, z)
    label : column of INT
        the class index, from 0; -100 gives NULL
    margin : float, default 1.0
        what the label must lead by; allowed: a number
    lambda0 : float, default 1.0
        the largest lambda; allowed: a number in (0, inf)
    alpha : float, default 2.0
        how dear it is to leave lambda0; allowed: a number in (1, inf)

    Returns
    -------
    Column of DOUBLE
        any number; 0 for one class

    Notes
    -----
    Formula: F(l) = l log((1/C) sum_k exp(a_k / l)) - alpha log C / (2 lambda0) (l - lambda0)^2 at
        the largest l in (0, lambda0] with F'(l) = 0; a_k = z_k - z_y + margin [k != y]
    Source: Zhu, Ying & Yang 2023, arXiv:2112.14869; the converged lambda, on raw logits

    Examples
    --------
    In SQL: aldr_kl_loss(array(2.0, 0.5, -1.0), 0)
    """
    return call("aldr_kl_loss", [logits, label], [margin, lambda0, alpha])


def shift_scale_invariant_z_loss(
    logits: ColumnOrName,
    label: ColumnOrName,
    *,
    a: float | None = None,
    b: float | None = None,
) -> Column:
    """How far the label's standard score among the logits falls short of b.

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        unnormalised scores, one a class; one alone is a class that is certain: of two classes with
        one logit z a row give array(0, z)
    label : column of INT
        the class index, from 0; -100 gives NULL
    a : float, default 1.0
        the steepness; allowed: a number in (0, inf)
    b : float, default 0.0
        the standard score at which the loss bends; allowed: a number

    Returns
    -------
    Column of DOUBLE
        (0, inf)

    Notes
    -----
    Formula: softplus(a (b - c)) / a; c = (z_y - mean z) / std z, 0 for equal logits; softplus(x) =
        log(1 + e^x)
    Source: de Brebisson & Vincent 2016, The Z-loss, arXiv:1604.08859

    Examples
    --------
    In SQL: shift_scale_invariant_z_loss(array(2.0, 0.5, -1.0), 0)
    """
    return call("shift_scale_invariant_z_loss", [logits, label], [a, b])


def log_z_squared_loss(logits: ColumnOrName, *, coefficient: float | None = None) -> Column:
    """The auxiliary loss that keeps the normaliser of the softmax near 1.

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        unnormalised scores, one a class; one alone is a class that is certain: of two classes with
        one logit z a row give array(0, z)
    coefficient : float, default 1.0E-4
        a factor; allowed: a number

    Returns
    -------
    Column of DOUBLE
        [0, inf] for coefficient >= 0

    Notes
    -----
    Formula: coefficient (log sum_j exp(z_j))^2
    Source: Chowdhery et al. 2022, PaLM, arXiv:2204.02311 (z-loss)

    Examples
    --------
    In SQL: log_z_squared_loss(array(2.0, 0.5, -1.0))
    """
    return call("log_z_squared_loss", [logits], [coefficient])


def encouraging_loss(
    logits: ColumnOrName,
    label: ColumnOrName,
    *,
    log_end: float | None = None,
) -> Column:
    """Cross entropy with a bonus for rows that are classified well.

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        unnormalised scores, one a class; one alone is a class that is certain: of two classes with
        one logit z a row give array(0, z)
    label : column of INT
        the class index, from 0; -100 gives NULL
    log_end : float, default 0.75
        the p_y from which the bonus is a tangent; 1 for none; allowed: a number in (0, 1]

    Returns
    -------
    Column of DOUBLE
        any number; negative where p_y is high

    Notes
    -----
    Formula: -log p_y + log max(1 - p_y, 1e-5); for p_y > log_end: -log p_y + log(1 - log_end) -
        (p_y - log_end) / (1 - log_end)
    Source: Zhao et al. 2022, Well-classified Examples are Underestimated, arXiv:2110.06537

    Examples
    --------
    In SQL: encouraging_loss(array(2.0, 0.5, -1.0), 0)
    """
    return call("encouraging_loss", [logits, label], [log_end])


def max_suppression_loss(
    logits: ColumnOrName,
    label: ColumnOrName,
    *,
    alpha: float | None = None,
) -> Column:
    """Cross entropy plus how far the largest logit is above the mean.

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        unnormalised scores, one a class; one alone is a class that is certain: of two classes with
        one logit z a row give array(0, z)
    label : column of INT
        the class index, from 0; -100 gives NULL
    alpha : float, default 0.1
        the weight of the second term; allowed: a number

    Returns
    -------
    Column of DOUBLE
        [0, inf] for alpha >= 0

    Notes
    -----
    Formula: -log p_y + alpha (max z - mean z)
    Source: Zhou et al. 2025, MaxSup, arXiv:2502.15798

    Examples
    --------
    In SQL: max_suppression_loss(array(2.0, 0.5, -1.0), 0)
    """
    return call("max_suppression_loss", [logits, label], [alpha])


def correctness_aware_loss(
    logits: ColumnOrName,
    label: ColumnOrName,
    *,
    power: float | None = None,
) -> Column:
    """The distance of the confidence from 1 if the prediction is right, else from 0.

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        unnormalised scores, one a class; one alone is a class that is certain: of two classes with
        one logit z a row give array(0, z)
    label : column of INT
        the class index, from 0; -100 gives NULL
    power : float, default 2.0
        the power of the distance; allowed: a number in (0, inf)

    Returns
    -------
    Column of DOUBLE
        [0, 1]

    Notes
    -----
    Formula: |max_c p_c - [argmax z = y]|^power
    Source: Liu et al. 2024, arXiv:2404.13016

    Examples
    --------
    In SQL: correctness_aware_loss(array(2.0, 0.5, -1.0), 0)
    """
    return call("correctness_aware_loss", [logits, label], [power])


def dco_loss(logits: ColumnOrName, label: ColumnOrName, *, n: int) -> Column:
    """The negative logarithm of the probability that n draws hold the label.

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        unnormalised scores, one a class; one alone is a class that is certain: of two classes with
        one logit z a row give array(0, z)
    label : column of INT
        the class index, from 0; -100 gives NULL
    n : int
        the number of draws; allowed: a whole number in [1, inf)

    Returns
    -------
    Column of DOUBLE
        [0, inf]; inf where p_y is below the smallest double, unless n = 1

    Notes
    -----
    Formula: -log(1 - (1 - p_y)^n)
    Source: Chen et al. 2025, Direct Coverage Optimization, arXiv:2502.07154

    Examples
    --------
    In SQL: dco_loss(array(2.0, 0.5, -1.0), 0, n => 4)
    """
    return call("dco_loss", [logits, label], [n])


def dco_sequence_loss(log_prob: ColumnOrName, *, n: int) -> Column:
    """The negative logarithm of the probability that n answers hold the right one.

    Parameters
    ----------
    log_prob : column of DOUBLE
        the log-probability of the right answer, the sum over its tokens
    n : int
        the number of draws; allowed: a whole number in [1, inf)

    Returns
    -------
    Column of DOUBLE
        [0, inf]; inf where p is below the smallest double, unless n = 1

    Notes
    -----
    Formula: -log(1 - (1 - p)^n); p = exp(log_prob)
    Source: Chen et al. 2025, Direct Coverage Optimization, arXiv:2502.07154

    Examples
    --------
    In SQL: dco_sequence_loss(-2.5, n => 4)
    """
    return call("dco_sequence_loss", [log_prob], [n])


def oko_loss(set_logits: ColumnOrName, target: ColumnOrName) -> Column:
    """Cross entropy of the sum of the logits of a set of examples.

    Parameters
    ----------
    set_logits : column of ARRAY<ARRAY<DOUBLE>>
        the logits of each member of the set
    target : column of INT | ARRAY<DOUBLE>
        the class index, from 0 (-100 gives NULL), or a soft label with one number a class

    Returns
    -------
    Column of DOUBLE
        [0, inf] for soft labels >= 0

    Notes
    -----
    Formula: cross_entropy_loss(sum over members of their logits, target)
    Source: Muttenthaler et al. 2023, Odd-k-out learning, arXiv:2307.02189

    Examples
    --------
    In SQL: oko_loss(array(array(2.0, 0.5), array(1.0, -1.0)), 0)
    """
    return call("oko_loss", [set_logits, target], [])


def ldam_loss(
    logits: ColumnOrName,
    label: ColumnOrName,
    *,
    class_counts: Iterable[float],
    max_margin: float | None = None,
    s: float | None = None,
    weight: Iterable[float] | None = None,
) -> Column:
    """Cross entropy with a margin for the label that is larger for rarer classes.

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        unnormalised scores, one a class; one alone is a class that is certain: of two classes with
        one logit z a row give array(0, z)
    label : column of INT
        the class index, from 0; -100 gives NULL
    class_counts : Iterable[float]
        how many examples of each class there are; allowed: an array of numbers in (0, inf)
    max_margin : float, default 0.5
        the margin of the rarest class, in units of the logits; allowed: a number in [0, inf)
    s : float, default 30.0
        multiplies the logits; allowed: a number in (0, inf)
    weight : Iterable[float], default None
        one factor a class; none by default; allowed: an array of numbers

    Returns
    -------
    Column of DOUBLE
        [0, inf]

    Notes
    -----
    Formula: w_y CE(s (z - m_y e_y), y), m_c = max_margin n_c^(-1/4) / max_k n_k^(-1/4)
    Source: Cao et al. 2019, arXiv:1906.07413; the weighted mean of its code divides by the sum of
        w_y

    Examples
    --------
    In SQL: ldam_loss(array(2.0, 0.5, -1.0), 2, array(500, 50, 5))
    """
    return call("ldam_loss", [logits, label], [class_counts, max_margin, s, weight])


def logit_adjusted_loss(
    logits: ColumnOrName,
    label: ColumnOrName,
    *,
    prior: Iterable[float],
    tau: float | None = None,
) -> Column:
    """Cross entropy of logits to which the logarithm of the prior is added.

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        unnormalised scores, one a class; one alone is a class that is certain: of two classes with
        one logit z a row give array(0, z)
    label : column of INT
        the class index, from 0; -100 gives NULL
    prior : Iterable[float]
        the frequency of each class; need not sum to 1; allowed: an array of numbers in [0, inf)
    tau : float, default 1.0
        the strength of the adjustment; 0 is cross entropy; allowed: a number

    Returns
    -------
    Column of DOUBLE
        [0, inf]; a class of prior 0 is left out, and infinite as the label

    Notes
    -----
    Formula: CE(z + tau log prior, y)
    Source: Menon et al. 2020, arXiv:2007.07314, equation 10

    Examples
    --------
    In SQL: logit_adjusted_loss(array(2.0, 0.5, -1.0), 2, array(0.9, 0.09, 0.01))
    """
    return call("logit_adjusted_loss", [logits, label], [prior, tau])


def balanced_softmax_loss(
    logits: ColumnOrName,
    label: ColumnOrName,
    *,
    class_counts: Iterable[float],
) -> Column:
    """Logit-adjusted cross entropy by the counts of the classes.

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        unnormalised scores, one a class; one alone is a class that is certain: of two classes with
        one logit z a row give array(0, z)
    label : column of INT
        the class index, from 0; -100 gives NULL
    class_counts : Iterable[float]
        how many examples of each class there are; allowed: an array of numbers in [0, inf)

    Returns
    -------
    Column of DOUBLE
        [0, inf]; a class of count 0 is left out, and infinite as the label

    Notes
    -----
    Formula: CE(z + log n, y)
    Source: Ren et al. 2020, Balanced Meta-Softmax, arXiv:2007.10740

    Examples
    --------
    In SQL: balanced_softmax_loss(array(2.0, 0.5, -1.0), 2, array(500, 50, 5))
    """
    return call("balanced_softmax_loss", [logits, label], [class_counts])


def gumbel_optimized_loss(
    logits: ColumnOrName,
    targets: ColumnOrName,
    *,
    clamp_min: float | None = None,
    clamp_max: float | None = None,
    loss_max: float | None = None,
) -> Column:
    """Binary cross entropy of every class through the Gumbel distribution function.

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        unnormalised scores, one a class; one alone is a class that is certain: of two classes with
        one logit z a row give array(0, z)
    targets : column of ARRAY<DOUBLE>
        1 for each class that the row has, 0 for each other
    clamp_min : float, default -4.0
        the smallest logit; -infinity for none; allowed: a number
    clamp_max : float, default 10.0
        the largest logit; infinity for none; allowed: a number
    loss_max : float, default 20.0
        the largest loss of a class; infinity for none; allowed: a number

    Returns
    -------
    Column of DOUBLE
        [0, C loss_max]

    Notes
    -----
    Formula: sum_c min(-t_c log h_c - (1 - t_c) log(1 - h_c), loss_max), h = exp(-exp(-x)), x =
        min(max(z, clamp_min), clamp_max)
    Source: Alexandridis et al. 2022, GOL, arXiv:2207.10936; the clamps are those of its code, class
        by class

    Examples
    --------
    In SQL: gumbel_optimized_loss(array(2.0, 0.5, -1.0), array(1.0, 0.0, 0.0))
    """
    return call("gumbel_optimized_loss", [logits, targets], [clamp_min, clamp_max, loss_max])


def ordinal_cross_entropy_loss(
    logits: ColumnOrName,
    label: ColumnOrName,
    *,
    importance: Iterable[float] | None = None,
) -> Column:
    """The binary cross entropy of each question whether the label exceeds class k.

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        the K - 1 logits of exceeding each of K ordered classes but the last
    label : column of INT
        the class index, 0 to K - 1; -100 gives NULL
    importance : Iterable[float], default None
        one factor a logit; none by default; allowed: an array of numbers

    Returns
    -------
    Column of DOUBLE
        [0, inf] for factors >= 0; labels 0 to K - 1, the number of logits

    Notes
    -----
    Formula: sum_k w_k softplus(-z_k if y > k else z_k), k = 0..K-2
    Source: Cao, Mirjalili & Raschka 2019, CORAL, arXiv:1901.07884; coral_ordinal loss.py

    Examples
    --------
    In SQL: ordinal_cross_entropy_loss(array(2.0, 0.5, -1.0), 2)
    """
    return call("ordinal_cross_entropy_loss", [logits, label], [importance])


def kl_divergence_loss(p: ColumnOrName, q: ColumnOrName) -> Column:
    """The Kullback-Leibler divergence of p from q, in nats.

    Parameters
    ----------
    p : column of ARRAY<DOUBLE>
        probabilities, one a class; used as they are
    q : column of ARRAY<DOUBLE>
        the probabilities it is compared with; used as they are

    Returns
    -------
    Column of DOUBLE
        [0, inf] for distributions; infinite where q_i = 0 < p_i

    Notes
    -----
    Formula: sum_i p_i log(p_i / q_i)
    Source: Kullback & Leibler 1951; torch.nn.functional.kl_div(log q, p)

    Examples
    --------
    In SQL: kl_divergence_loss(array(0.7, 0.2, 0.1), array(0.5, 0.3, 0.2))
    """
    return call("kl_divergence_loss", [p, q], [])


def symmetric_kl_loss(p: ColumnOrName, q: ColumnOrName) -> Column:
    """The Kullback-Leibler divergences both ways, in sum (Jeffreys divergence).

    Parameters
    ----------
    p : column of ARRAY<DOUBLE>
        probabilities, one a class; used as they are
    q : column of ARRAY<DOUBLE>
        the probabilities it is compared with; used as they are

    Returns
    -------
    Column of DOUBLE
        [0, inf]; infinite where only one of p_i and q_i is 0

    Notes
    -----
    Formula: sum_i (p_i - q_i) log(p_i / q_i)
    Source: Kullback & Leibler 1951; R-Drop and others take half of it

    Examples
    --------
    In SQL: symmetric_kl_loss(array(0.7, 0.2, 0.1), array(0.5, 0.3, 0.2))
    """
    return call("symmetric_kl_loss", [p, q], [])


def jensen_shannon_loss(p: ColumnOrName, q: ColumnOrName, *, weight: float | None = None) -> Column:
    """The mean divergence of two distributions from their mixture.

    Parameters
    ----------
    p : column of ARRAY<DOUBLE>
        probabilities, one a class; used as they are
    q : column of ARRAY<DOUBLE>
        the probabilities it is compared with; used as they are
    weight : float, default 0.5
        the share of p in the mixture; allowed: a number in (0, 1)

    Returns
    -------
    Column of DOUBLE
        [0, -w log w - (1 - w) log(1 - w)] for distributions; log 2 at w = 1/2

    Notes
    -----
    Formula: w KL(p || m) + (1 - w) KL(q || m), m = w p + (1 - w) q
    Source: Lin 1991; Englesson & Azizpour 2021, arXiv:2105.04522, who divide by -(1 - w) log(1 -
        w); at w = 1/2 the square of scipy's jensenshannon

    Examples
    --------
    In SQL: jensen_shannon_loss(array(0.7, 0.2, 0.1), array(0.5, 0.3, 0.2))
    """
    return call("jensen_shannon_loss", [p, q], [weight])


def cauchy_schwarz_divergence_loss(p: ColumnOrName, q: ColumnOrName) -> Column:
    """Minus twice the logarithm of the cosine of the angle between p and q.

    Parameters
    ----------
    p : column of ARRAY<DOUBLE>
        probabilities, one a class; used as they are
    q : column of ARRAY<DOUBLE>
        the probabilities it is compared with; used as they are

    Returns
    -------
    Column of DOUBLE
        [0, inf]; infinite for disjoint supports

    Notes
    -----
    Formula: -log((sum_i p_i q_i)^2 / (sum_i p_i^2 sum_i q_i^2))
    Source: Principe 2010; Yu et al. 2023, arXiv:2301.08970; some omit the square

    Examples
    --------
    In SQL: cauchy_schwarz_divergence_loss(array(0.7, 0.2, 0.1), array(0.5, 0.3, 0.2))
    """
    return call("cauchy_schwarz_divergence_loss", [p, q], [])


def virtual_adversarial_loss(logits: ColumnOrName, adversarial_logits: ColumnOrName) -> Column:
    """How far a perturbation of the input moves the prediction, in nats.

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        unnormalised scores, one a class; one alone is a class that is certain: of two classes with
        one logit z a row give array(0, z)
    adversarial_logits : column of ARRAY<DOUBLE>
        the scores of the perturbed input

    Returns
    -------
    Column of DOUBLE
        [0, inf]; NaN where either softmax is

    Notes
    -----
    Formula: KL(softmax(z) || softmax(z_adv))
    Source: Miyato et al. 2017, VAT, arXiv:1704.03976; the caller finds the perturbation

    Examples
    --------
    In SQL: virtual_adversarial_loss(array(2.0, 0.5, -1.0), array(1.5, 0.9, -1.0))
    """
    return call("virtual_adversarial_loss", [logits, adversarial_logits], [])


def renyi_divergence_loss(p: ColumnOrName, q: ColumnOrName, *, alpha: float) -> Column:
    """The Renyi divergence of p from q, in nats.

    Parameters
    ----------
    p : column of ARRAY<DOUBLE>
        probabilities, one a class; used as they are
    q : column of ARRAY<DOUBLE>
        the probabilities it is compared with; used as they are
    alpha : float
        the order; 1 is kl_divergence_loss; allowed: a number in [0, inf]

    Returns
    -------
    Column of DOUBLE
        [0, inf] for distributions; infinite where q_i = 0 < p_i if alpha >= 1

    Notes
    -----
    Formula: log(sum_i p_i^alpha q_i^(1 - alpha)) / (alpha - 1), over p_i > 0; alpha = 1: KL(p ||
        q); alpha = inf: log max_i p_i / q_i
    Source: Renyi 1961; van Erven & Harremoes 2012, arXiv:1206.2459

    Examples
    --------
    In SQL: renyi_divergence_loss(array(0.7, 0.2, 0.1), array(0.5, 0.3, 0.2), alpha => 2)
    """
    return call("renyi_divergence_loss", [p, q], [alpha])


def alpha_divergence_loss(p: ColumnOrName, q: ColumnOrName, *, alpha: float) -> Column:
    """The alpha-divergence of p from q: KL both ways, and what lies between.

    Parameters
    ----------
    p : column of ARRAY<DOUBLE>
        probabilities, one a class; used as they are
    q : column of ARRAY<DOUBLE>
        the probabilities it is compared with; used as they are
    alpha : float
        the order; 1 is KL(p || q), 0 is KL(q || p); allowed: a number

    Returns
    -------
    Column of DOUBLE
        [0, inf] for distributions

    Notes
    -----
    Formula: (sum_i p_i^alpha q_i^(1 - alpha) - 1) / (alpha (alpha - 1)); alpha = 1: KL(p || q);
        alpha = 0: KL(q || p)
    Source: Cichocki & Amari 2010; Amari's own order is 2 alpha - 1, up to sign

    Examples
    --------
    In SQL: alpha_divergence_loss(array(0.7, 0.2, 0.1), array(0.5, 0.3, 0.2), alpha => 0.5)
    """
    return call("alpha_divergence_loss", [p, q], [alpha])


def kd_loss(
    student_logits: ColumnOrName,
    teacher_logits: ColumnOrName,
    *,
    temperature: float | None = None,
) -> Column:
    """How far the student's softened probabilities are from the teacher's.

    Parameters
    ----------
    student_logits : column of ARRAY<DOUBLE>
        unnormalised scores of the model that learns
    teacher_logits : column of ARRAY<DOUBLE>
        unnormalised scores of the model it learns from
    temperature : float, default 4.0
        divides all logits; allowed: a number in (0, inf)

    Returns
    -------
    Column of DOUBLE
        [0, inf]; NaN where either softmax is

    Notes
    -----
    Formula: T^2 KL(softmax(teacher / T) || softmax(student / T))
    Source: Hinton, Vinyals & Dean 2015, arXiv:1503.02531; T = 4 is usual, not theirs

    Examples
    --------
    In SQL: kd_loss(array(2.0, 0.5, -1.0), array(3.0, 1.0, -2.0))
    """
    return call("kd_loss", [student_logits, teacher_logits], [temperature])


def nkd_loss(
    student_logits: ColumnOrName,
    teacher_logits: ColumnOrName,
    label: ColumnOrName,
    *,
    temperature: float | None = None,
    gamma: float | None = None,
) -> Column:
    """Distillation of the label's probability and, apart from it, of the others'.

    Parameters
    ----------
    student_logits : column of ARRAY<DOUBLE>
        unnormalised scores of the model that learns
    teacher_logits : column of ARRAY<DOUBLE>
        unnormalised scores of the model it learns from
    label : column of INT
        the class index, from 0; -100 gives NULL
    temperature : float, default 1.0
        divides the other classes' logits; allowed: a number in (0, inf)
    gamma : float, default 1.5
        the weight of the other classes; allowed: a number

    Returns
    -------
    Column of DOUBLE
        [0, inf] for gamma >= 0; NaN where either softmax is

    Notes
    -----
    Formula: -t_y log s_y - gamma T^2 sum_{i != y} t'_i log s'_i; t, s the softmax of teacher and
        student, t', s' that of the classes but y, at temperature T
    Source: Yang et al. 2023, arXiv:2303.13005; without the cross entropy that its code adds

    Examples
    --------
    In SQL: nkd_loss(array(2.0, 0.5, -1.0), array(3.0, 1.0, -2.0), 0)
    """
    return call("nkd_loss", [student_logits, teacher_logits, label], [temperature, gamma])


def meal_v2_loss(
    student_logits: ColumnOrName,
    teacher_logits: ColumnOrName,
    *,
    cross_entropy: bool | None = None,
) -> Column:
    """How far the student's probabilities are from the mean of its teachers'.

    Parameters
    ----------
    student_logits : column of ARRAY<DOUBLE>
        unnormalised scores of the model that learns
    teacher_logits : column of ARRAY<ARRAY<DOUBLE>>
        the unnormalised scores of each teacher
    cross_entropy : bool, default False
        whether to leave out the entropy of the teachers, as the authors' code does

    Returns
    -------
    Column of DOUBLE
        [0, inf]; NaN where a softmax is

    Notes
    -----
    Formula: KL(q || softmax(student)), q = mean over teachers of softmax(teacher); cross_entropy:
        -sum_i q_i log softmax(student)_i
    Source: Shen & Savvides 2020, MEAL V2, arXiv:2009.08453; without its discriminator

    Examples
    --------
    In SQL: meal_v2_loss(array(2.0, 0.5, -1.0), array(array(3.0, 1.0, -2.0), array(1.0, 0.0, 0.5)))
    """
    return call("meal_v2_loss", [student_logits, teacher_logits], [cross_entropy])


def uskd_loss(
    logits: ColumnOrName,
    weak_logits: ColumnOrName,
    label: ColumnOrName,
    mean_squared_target_prob: ColumnOrName,
    *,
    alpha: float | None = None,
    beta: float | None = None,
    mu: float | None = None,
) -> Column:
    """Self-distillation: the model teaches itself by the ranks of its own scores.

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        unnormalised scores, one a class; one alone is a class that is certain: of two classes with
        one logit z a row give array(0, z)
    weak_logits : column of ARRAY<DOUBLE>
        the scores of a head on earlier features
    label : column of INT
        the class index, from 0; -100 gives NULL
    mean_squared_target_prob : column of DOUBLE
        m, the mean of s_y^2 over the batch, as by avg() over it
    alpha : float, default 1.0
        the weight of the label's part; allowed: a number
    beta : float, default 0.1
        the weight of the other classes' part; allowed: a number
    mu : float, default 0.005
        the weight of the weak head's part; allowed: a number

    Returns
    -------
    Column of DOUBLE
        any; NaN where a softmax is

    Notes
    -----
    Formula: -alpha (s_y^2 + 1 - m) log s_y - beta sum_{i != y} n_i log s'_i - mu sum_i (0.9 [i = y]
        + 0.1/C) log w_i; s, w the softmax of logits and weak_logits, s' that of the classes but y,
        n_i in proportion to 1 over the rank of w_i/(1 - w_y + 1e-6) + s_i/(1 - s_y + 1e-6) among
        all classes
    Source: Yang et al. 2023, arXiv:2303.13005; ranks by probabilities as in the paper, not by their
        logarithms as in its code

    Examples
    --------
    In SQL: uskd_loss(array(2.0, 0.5, -1.0), array(1.0, 0.7, -0.2), 0, 0.6)
    """
    return call(
        "uskd_loss", [logits, weak_logits, label, mean_squared_target_prob], [alpha, beta, mu]
    )


def pld_loss(
    student_logits: ColumnOrName,
    teacher_logits: ColumnOrName,
    label: ColumnOrName,
    *,
    temperature: float | None = None,
) -> Column:
    """How unlikely the student's draws are to come out in the teacher's order.

    Parameters
    ----------
    student_logits : column of ARRAY<DOUBLE>
        unnormalised scores of the model that learns
    teacher_logits : column of ARRAY<DOUBLE>
        unnormalised scores of the model it learns from
    label : column of INT
        the class index, from 0; -100 gives NULL
    temperature : float, default 1.0
        divides the teacher's logits; allowed: a number in (0, inf)

    Returns
    -------
    Column of DOUBLE
        [0, inf]; 0 for one class; NaN where either softmax is

    Notes
    -----
    Formula: sum_k q_{o_k} (log sum_{l >= k} exp(s_{o_l}) - s_{o_k}), o = y, then the other classes
        by decreasing teacher logit; q = softmax(teacher / T)
    Source: Bassam, Zhu & Bian 2025, arXiv:2506.12542 (Plackett-Luce); equal teacher logits by
        lowest index

    Examples
    --------
    In SQL: pld_loss(array(2.0, 0.5, -1.0), array(3.0, 1.0, -2.0), 0)
    """
    return call("pld_loss", [student_logits, teacher_logits, label], [temperature])


def partial_label_distillation_loss(
    student_logits: ColumnOrName,
    teacher_logits: ColumnOrName,
    *,
    k: int | None = None,
) -> Column:
    """Cross entropy with the teacher's k strongest classes as equal labels.

    Parameters
    ----------
    student_logits : column of ARRAY<DOUBLE>
        unnormalised scores of the model that learns
    teacher_logits : column of ARRAY<DOUBLE>
        unnormalised scores of the model it learns from
    k : int, default 2
        how many classes the teacher proposes; allowed: a whole number in [1, inf)

    Returns
    -------
    Column of DOUBLE
        [0, inf]; NaN where the student's softmax is

    Notes
    -----
    Formula: -(1/k) sum_{i in top k of teacher} log softmax(student)_i; k at most C
    Source: Jeong & Chung 2024, arXiv:2402.10482; equal teacher logits by lowest index

    Examples
    --------
    In SQL: partial_label_distillation_loss(array(2.0, 0.5, -1.0), array(3.0, 1.0, -2.0))
    """
    return call("partial_label_distillation_loss", [student_logits, teacher_logits], [k])


def binary_kl_loss(
    student_logits: ColumnOrName,
    teacher_logits: ColumnOrName,
    *,
    temperature: float | None = None,
    eps: float | None = None,
) -> Column:
    """The divergence of the student's yes-or-no answers from the teacher's, in sum.

    Parameters
    ----------
    student_logits : column of ARRAY<DOUBLE>
        unnormalised scores of the model that learns
    teacher_logits : column of ARRAY<DOUBLE>
        unnormalised scores of the model it learns from
    temperature : float, default 2.0
        divides all logits; allowed: a number in (0, inf)
    eps : float, default 1.0E-8
        how close to 0 and 1 a probability may come; allowed: a number in (0, 0.5)

    Returns
    -------
    Column of DOUBLE
        [0, inf)

    Notes
    -----
    Formula: T^2 sum_c KL(b(t_c) || b(s_c)) of Bernoulli distributions, b(x) = sigmoid(x / T)
        clamped to [eps, 1 - eps]
    Source: Yang et al. 2024, DHKD, arXiv:2411.08937

    Examples
    --------
    In SQL: binary_kl_loss(array(2.0, 0.5, -1.0), array(3.0, 1.0, -2.0))
    """
    return call("binary_kl_loss", [student_logits, teacher_logits], [temperature, eps])


def binary_kl_norm_loss(
    student_logits: ColumnOrName,
    teacher_logits: ColumnOrName,
    *,
    temperature: float | None = None,
    eps: float | None = None,
) -> Column:
    """The divergence of evenness from the sigmoid of each logit's difference, in sum.

    Parameters
    ----------
    student_logits : column of ARRAY<DOUBLE>
        unnormalised scores of the model that learns
    teacher_logits : column of ARRAY<DOUBLE>
        unnormalised scores of the model it learns from
    temperature : float, default 2.0
        divides all logits; allowed: a number in (0, inf)
    eps : float, default 1.0E-8
        how close to 0 and 1 a probability may come; allowed: a number in (0, 0.5)

    Returns
    -------
    Column of DOUBLE
        [0, inf); 0 for equal logits

    Notes
    -----
    Formula: -T^2 sum_c (log 2 + (log d_c + log(1 - d_c)) / 2), d_c = sigmoid((s_c - t_c) / T)
        clamped to [eps, 1 - eps]
    Source: Yang et al. 2024, DHKD, arXiv:2411.08937

    Examples
    --------
    In SQL: binary_kl_norm_loss(array(2.0, 0.5, -1.0), array(3.0, 1.0, -2.0))
    """
    return call("binary_kl_norm_loss", [student_logits, teacher_logits], [temperature, eps])


def kd_quality_focal_loss(
    student_logits: ColumnOrName,
    teacher_logits: ColumnOrName,
    *,
    beta: float | None = None,
) -> Column:
    """Binary cross entropy with the teacher's answers, discounted where they agree.

    Parameters
    ----------
    student_logits : column of ARRAY<DOUBLE>
        unnormalised scores of the model that learns
    teacher_logits : column of ARRAY<DOUBLE>
        unnormalised scores of the model it learns from
    beta : float, default 1.0
        how strongly answers that agree are discounted; allowed: a number in [0, inf)

    Returns
    -------
    Column of DOUBLE
        [0, inf]; 0 for equal logits if beta > 0

    Notes
    -----
    Formula: sum_c |s_c - t_c|^beta (-t_c log s_c - (1 - t_c) log(1 - s_c)), s, t the sigmoid of the
        logits
    Source: Wang et al. 2023, CrossKD, arXiv:2306.11369

    Examples
    --------
    In SQL: kd_quality_focal_loss(array(2.0, 0.5, -1.0), array(3.0, 1.0, -2.0))
    """
    return call("kd_quality_focal_loss", [student_logits, teacher_logits], [beta])


def quality_focal_loss(
    logits: ColumnOrName,
    label: ColumnOrName,
    score: ColumnOrName,
    *,
    beta: float | None = None,
) -> Column:
    """Binary cross entropy of every class, the label's with a quality for its target.

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        unnormalised scores, one a class; one alone is a class that is certain: of two classes with
        one logit z a row give array(0, z)
    label : column of INT
        the class index, from 0; C, the number of logits, for background; -100 gives NULL
    score : column of DOUBLE
        the quality that the label's class should get
    beta : float, default 2.0
        how strongly close answers are discounted; allowed: a number in [0, inf)

    Returns
    -------
    Column of DOUBLE
        [0, inf] for scores in [0, 1]; labels 0 to C, the number of logits

    Notes
    -----
    Formula: sum_c |t_c - p_c|^beta (-t_c log p_c - (1 - t_c) log(1 - p_c)), p = sigmoid(z), t_y =
        score, other t_c = 0
    Source: Li et al. 2020, Generalized Focal Loss, arXiv:2006.04388

    Examples
    --------
    In SQL: quality_focal_loss(array(2.0, 0.5, -1.0), 0, 0.8)
    """
    return call("quality_focal_loss", [logits, label, score], [beta])


def distribution_focal_loss(logits: ColumnOrName, target: ColumnOrName) -> Column:
    """Cross entropy with the two bins next to a value, by their closeness to it.

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        unnormalised scores, one a class; one alone is a class that is certain: of two classes with
        one logit z a row give array(0, z)
    target : column of DOUBLE
        the value in units of bins, from 0 to C - 1 inclusive

    Returns
    -------
    Column of DOUBLE
        [0, inf]; NaN where softmax is

    Notes
    -----
    Formula: (l + 1 - t) CE(z, l) + (t - l) CE(z, l + 1), l = floor(t)
    Source: Li et al. 2020, Generalized Focal Loss, arXiv:2006.04388; its code fails at t = C - 1,
        where this is CE(z, C - 1)

    Examples
    --------
    In SQL: distribution_focal_loss(array(2.0, 0.5, -1.0), 0.25)
    """
    return call("distribution_focal_loss", [logits, target], [])


def hl_gauss_loss(
    logits: ColumnOrName,
    target: ColumnOrName,
    *,
    min_value: float,
    max_value: float,
    sigma: float | None = None,
) -> Column:
    """Cross entropy with a normal distribution about the target, cut into bins.

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        unnormalised scores, one a class; one alone is a class that is certain: of two classes with
        one logit z a row give array(0, z)
    target : column of DOUBLE
        the true value
    min_value : float
        the first bin's lower edge; allowed: a number
    max_value : float
        the last bin's upper edge; allowed: a number
    sigma : float, default None
        the normal distribution's standard deviation; 3/4 of a bin by default; allowed: a number in
        (0, inf)

    Returns
    -------
    Column of DOUBLE
        [0, inf]; infinite with a logit of -inf; NaN where softmax is

    Notes
    -----
    Formula: -sum_i t_i log softmax(z)_i, t_i the mass between edges i and i + 1 of Normal(target,
        sigma^2) cut to [min, max]; C bins of equal width
    Source: Imani & White 2018, arXiv:1806.04613; Farebrother et al. 2024, arXiv:2403.03950,
        appendix A; targets are clamped to the range

    Examples
    --------
    In SQL: hl_gauss_loss(array(0.1, 2.0, 0.5, -1.0), 0.4, min_value => 0, max_value => 1)
    """
    return call("hl_gauss_loss", [logits, target], [min_value, max_value, sigma])


def two_hot_loss(
    logits: ColumnOrName,
    target: ColumnOrName,
    *,
    min_value: float,
    max_value: float,
) -> Column:
    """Cross entropy with the two bins about the target, by their closeness to it.

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        unnormalised scores, one a class; one alone is a class that is certain: of two classes with
        one logit z a row give array(0, z)
    target : column of DOUBLE
        the true value
    min_value : float
        the first bin's centre; allowed: a number
    max_value : float
        the last bin's centre; allowed: a number

    Returns
    -------
    Column of DOUBLE
        [0, inf]; 0 for one bin; NaN where softmax is

    Notes
    -----
    Formula: -(1 - f) log softmax(z)_i - f log softmax(z)_(i+1), i + f = (C - 1) (target - min) /
        (max - min)
    Source: Farebrother et al. 2024, arXiv:2403.03950 (as in MuZero and Dreamer); targets are
        clamped to the range

    Examples
    --------
    In SQL: two_hot_loss(array(0.1, 2.0, 0.5, -1.0), 0.4, min_value => 0, max_value => 1)
    """
    return call("two_hot_loss", [logits, target], [min_value, max_value])


def r2ccp_loss(
    logits: ColumnOrName,
    target: ColumnOrName,
    *,
    values: Iterable[float],
    q: float | None = None,
    entropy_weight: float | None = None,
    loss_weight: float | None = None,
) -> Column:
    """The mean distance of the predicted distribution from the target, less entropy.

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        unnormalised scores, one a class; one alone is a class that is certain: of two classes with
        one logit z a row give array(0, z)
    target : column of DOUBLE
        the true value
    values : Iterable[float]
        the value of each bin; allowed: an array of numbers
    q : float, default 0.5
        the power of the distance; allowed: a number in (0, inf)
    entropy_weight : float, default 1.0
        the weight of the negative entropy; allowed: a number
    loss_weight : float, default 5.0
        the weight of the mean distance; allowed: a number

    Returns
    -------
    Column of DOUBLE
        [-entropy_weight log C, inf]; NaN where softmax is

    Notes
    -----
    Formula: entropy_weight sum_k p_k log p_k + loss_weight sum_k p_k |v_k - target|^q
    Source: Guha et al. 2024, arXiv:2404.08168; the weights of its code, 5 times those of the paper

    Examples
    --------
    In SQL: r2ccp_loss(array(0.1, 2.0, -1.0), 0.4, values => array(0.0, 0.5, 1.0))
    """
    return call("r2ccp_loss", [logits, target], [values, q, entropy_weight, loss_weight])


def ntl_mse_loss(
    logits: ColumnOrName,
    label: ColumnOrName,
    *,
    values: Iterable[float | None],
) -> Column:
    """The squared error of the expected number.

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        unnormalised scores, one a class; one alone is a class that is certain: of two classes with
        one logit z a row give array(0, z)
    label : column of INT
        the class index, from 0; -100 gives NULL
    values : Iterable[float | None]
        the number that each token stands for, NULL for none; allowed: an array of numbers and NULLs

    Returns
    -------
    Column of DOUBLE
        [0, inf); NULL where the label is no number token; NaN where softmax is

    Notes
    -----
    Formula: (sum_j p_j v_j - v_y)^2, p = softmax over the number tokens
    Source: Zausinger et al. 2024, Number Token Loss, arXiv:2411.02083

    Examples
    --------
    In SQL: ntl_mse_loss(array(2.0, 0.5, -1.0), 0, values => array(1.0, 2.0, NULL))
    """
    return call("ntl_mse_loss", [logits, label], [values])


def ntl_was_loss(
    logits: ColumnOrName,
    label: ColumnOrName,
    *,
    values: Iterable[float | None],
) -> Column:
    """The expected absolute error of the number: its Wasserstein-1 distance.

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        unnormalised scores, one a class; one alone is a class that is certain: of two classes with
        one logit z a row give array(0, z)
    label : column of INT
        the class index, from 0; -100 gives NULL
    values : Iterable[float | None]
        the number that each token stands for, NULL for none; allowed: an array of numbers and NULLs

    Returns
    -------
    Column of DOUBLE
        [0, inf); NULL where the label is no number token; NaN where softmax is

    Notes
    -----
    Formula: sum_j p_j |v_j - v_y|, p = softmax over the number tokens
    Source: Zausinger et al. 2024, Number Token Loss, arXiv:2411.02083

    Examples
    --------
    In SQL: ntl_was_loss(array(2.0, 0.5, -1.0), 0, values => array(1.0, 2.0, NULL))
    """
    return call("ntl_was_loss", [logits, label], [values])


def gaussian_nll(mu: ColumnOrName, sigma: ColumnOrName, y: ColumnOrName) -> Column:
    """The negative log density of a normal forecast, in nats.

    Parameters
    ----------
    mu : column of DOUBLE
        the mean of the forecast
    sigma : column of DOUBLE
        the standard deviation of the forecast
    y : column of DOUBLE
        the number that came true

    Returns
    -------
    Column of DOUBLE
        any number

    Notes
    -----
    Formula: log(2 pi) / 2 + log sigma + ((y - mu) / sigma)^2 / 2
    Source: torch.nn.GaussianNLLLoss(full=True) of sigma^2

    Examples
    --------
    In SQL: gaussian_nll(1.0, 0.5, 1.2)
    """
    return call("gaussian_nll", [mu, sigma, y], [])


def crps_gaussian(mu: ColumnOrName, sigma: ColumnOrName, y: ColumnOrName) -> Column:
    """The continuous ranked probability score of a normal forecast.

    Parameters
    ----------
    mu : column of DOUBLE
        the mean of the forecast
    sigma : column of DOUBLE
        the standard deviation of the forecast
    y : column of DOUBLE
        the number that came true

    Returns
    -------
    Column of DOUBLE
        [0, inf]

    Notes
    -----
    Formula: sigma (z (2 Phi(z) - 1) + 2 phi(z) - 1 / sqrt(pi)), z = (y - mu) / sigma
    Source: Gneiting et al. 2005, doi:10.1175/MWR2904.1

    Examples
    --------
    In SQL: crps_gaussian(1.0, 0.5, 1.2)
    """
    return call("crps_gaussian", [mu, sigma, y], [])


def gaussian_pit(mu: ColumnOrName, sigma: ColumnOrName, y: ColumnOrName) -> Column:
    """The share of a normal forecast up to y: uniform for calibrated forecasts.

    Parameters
    ----------
    mu : column of DOUBLE
        the mean of the forecast
    sigma : column of DOUBLE
        the standard deviation of the forecast
    y : column of DOUBLE
        the number that came true

    Returns
    -------
    Column of DOUBLE
        [0, 1]

    Notes
    -----
    Formula: Phi((y - mu) / sigma)
    Source: Dawid 1984 (probability integral transform)

    Examples
    --------
    In SQL: gaussian_pit(1.0, 0.5, 1.2)
    """
    return call("gaussian_pit", [mu, sigma, y], [])


def crps_ensemble(members: ColumnOrName, y: ColumnOrName, *, fair: bool | None = None) -> Column:
    """The continuous ranked probability score of an ensemble of forecasts.

    Parameters
    ----------
    members : column of ARRAY<DOUBLE>
        the numbers that the members forecast
    y : column of DOUBLE
        the number that came true
    fair : bool, default False
        unbiased for members drawn from the forecast

    Returns
    -------
    Column of DOUBLE
        [0, inf]; fair: any number, NaN for one member

    Notes
    -----
    Formula: mean_m |x_m - y| - sum_{i,j} |x_i - x_j| / (2 M^2); fair: / (2 M (M - 1))
    Source: Gneiting & Raftery 2007; fair: Ferro 2014, doi:10.1002/qj.2270

    Examples
    --------
    In SQL: crps_ensemble(array(0.5, 1.0, 1.5), 1.2)
    """
    return call("crps_ensemble", [members, y], [fair])


def interval_score(
    low: ColumnOrName,
    high: ColumnOrName,
    y: ColumnOrName,
    *,
    alpha: float | None = None,
) -> Column:
    """The width of a central interval and what it misses y by.

    Parameters
    ----------
    low : column of DOUBLE
        the lower end of the interval
    high : column of DOUBLE
        its upper end
    y : column of DOUBLE
        the number that came true
    alpha : float, default 0.1
        the share outside of the interval; allowed: a number in (0, 1)

    Returns
    -------
    Column of DOUBLE
        [0, inf] for low <= high

    Notes
    -----
    Formula: (high - low) + 2/alpha max(low - y, 0) + 2/alpha max(y - high, 0)
    Source: Gneiting & Raftery 2007, doi:10.1198/016214506000001437

    Examples
    --------
    In SQL: interval_score(0.5, 1.5, 1.7, alpha => 0.2)
    """
    return call("interval_score", [low, high, y], [alpha])


def pinball_loss(quantile: ColumnOrName, y: ColumnOrName, *, tau: float | None = None) -> Column:
    """The loss that the tau-quantile minimises; half the absolute error at 0.5.

    Parameters
    ----------
    quantile : column of DOUBLE
        the quantile forecast
    y : column of DOUBLE
        the number that came true
    tau : float, default 0.5
        its level; allowed: a number in [0, 1]

    Returns
    -------
    Column of DOUBLE
        [0, inf]

    Notes
    -----
    Formula: max(tau (y - q), (tau - 1) (y - q))
    Source: Koenker & Bassett 1978; sklearn.metrics.mean_pinball_loss, of one row

    Examples
    --------
    In SQL: pinball_loss(1.5, 1.2, tau => 0.9)
    """
    return call("pinball_loss", [quantile, y], [tau])


def prior_correction(
    p: ColumnOrName,
    *,
    trained: Iterable[float],
    actual: Iterable[float],
) -> Column:
    """Probabilities of classes whose frequencies are others than in training.

    Parameters
    ----------
    p : column of ARRAY<DOUBLE>
        probabilities, one a class; used as they are
    trained : Iterable[float]
        how frequent each class was in training; divided by their sum; allowed: an array of numbers
        in [0, inf)
    actual : Iterable[float]
        how frequent each class is in use; divided by their sum; allowed: an array of numbers in [0,
        inf)

    Returns
    -------
    Column of ARRAY<DOUBLE>
        [0, 1], of sum 1; NaN where every class that p allows has the frequency 0

    Notes
    -----
    Formula: p_i b_i / a_i divided by their sum; a trained, b actual
    Source: Saerens, Latinne & Decaestecker 2002, doi:10.1162/089976602753284446

    Examples
    --------
    In SQL: prior_correction(array(0.7, 0.2, 0.1), trained => array(1.0, 1.0, 1.0), actual =>
        array(0.2, 0.3, 0.5))
    """
    return call("prior_correction", [p], [trained, actual])


def prior_correction_binary(prob: ColumnOrName, *, trained: float, actual: float) -> Column:
    """The probability of a yes whose share is another than in training.

    Parameters
    ----------
    prob : column of DOUBLE
        the probability of a yes, in [0, 1]
    trained : float
        the share of yes in training; allowed: a number in (0, 1)
    actual : float
        the share of yes in use; allowed: a number in [0, 1]

    Returns
    -------
    Column of DOUBLE
        [0, 1]; 0 and 1 stay

    Notes
    -----
    Formula: odds(result) = odds(p) odds(b) / odds(a); a trained, b actual
    Source: Saerens, Latinne & Decaestecker 2002, doi:10.1162/089976602753284446

    Examples
    --------
    In SQL: prior_correction_binary(0.7, trained => 0.5, actual => 0.02)
    """
    return call("prior_correction_binary", [prob], [trained, actual])


def undersampling_correction(prob: ColumnOrName, *, keep_rate: float) -> Column:
    """The probability of a yes where training left out rows of no.

    Parameters
    ----------
    prob : column of DOUBLE
        the probability of a yes, in [0, 1]
    keep_rate : float
        the share of the rows of no that were kept for training; allowed: a number in (0, 1]

    Returns
    -------
    Column of DOUBLE
        [0, 1]

    Notes
    -----
    Formula: s p / (s p + 1 - p), s the keep_rate
    Source: Dal Pozzolo et al. 2015, doi:10.1109/SSCI.2015.33

    Examples
    --------
    In SQL: undersampling_correction(0.7, keep_rate => 0.05)
    """
    return call("undersampling_correction", [prob], [keep_rate])


def temperature_scaled(
    logits: ColumnOrName,
    *,
    beta: float,
    epsilon: float | None = None,
) -> Column:
    """Probabilities by the numbers of a temperature.

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        unnormalised scores, one a class; one alone is a class that is certain: of two classes with
        one logit z a row give array(0, z)
    beta : float
        the inverse of the temperature; allowed: a number in (0, inf)
    epsilon : float, default 0.0
        the share of the uniform distribution; allowed: a number in [0, 1]

    Returns
    -------
    Column of ARRAY<DOUBLE>
        [0, 1], sums to 1, above 0 with an epsilon; NaN where softmax is

    Notes
    -----
    Formula: (1 - e) softmax(beta l) + e / K, e the epsilon; l = log softmax(z), at least -87.3365
    Source: Guo et al. 2017, arXiv:1706.04599

    Examples
    --------
    In SQL: temperature_scaled(array(2.0, 0.5, -1.0), beta => 0.5, epsilon => 0.01)
    """
    return call("temperature_scaled", [logits], [beta, epsilon])


def vector_scaled(
    logits: ColumnOrName,
    *,
    scale: Iterable[float],
    bias: Iterable[float],
    beta: float | None = None,
    epsilon: float | None = None,
) -> Column:
    """Probabilities by the numbers of structured_vector_scaling.

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        unnormalised scores, one a class; one alone is a class that is certain: of two classes with
        one logit z a row give array(0, z)
    scale : Iterable[float]
        the scale of each class; allowed: an array of numbers
    bias : Iterable[float]
        the shift of each class; allowed: an array of numbers
    beta : float, default 1.0
        the inverse of the temperature; allowed: a number in (0, inf)
    epsilon : float, default 0.0
        the share of the uniform distribution; allowed: a number in [0, 1]

    Returns
    -------
    Column of ARRAY<DOUBLE>
        [0, 1], sums to 1, above 0 with an epsilon; NaN where softmax is

    Notes
    -----
    Formula: softmax(scale_i l'_i + bias_i); l' = log((1 - e) softmax(beta l) + e / K), e the
        epsilon; l = log softmax(z), at least -87.3365
    Source: Berta et al. 2025, arXiv:2511.03685; Guo et al. 2017, arXiv:1706.04599

    Examples
    --------
    In SQL: vector_scaled(array(2.0, 0.5, -1.0), scale => array(0.9, 1.1, 1.0), bias => array(0.1,
        0.0, -0.2), beta => 0.5, epsilon => 0.01)
    """
    return call("vector_scaled", [logits], [scale, bias, beta, epsilon])


def matrix_scaled(
    logits: ColumnOrName,
    *,
    matrix: Iterable[float],
    bias: Iterable[float],
    beta: float | None = None,
    epsilon: float | None = None,
) -> Column:
    """Probabilities by the numbers of structured_matrix_scaling, or of Dirichlet's map.

    Parameters
    ----------
    logits : column of ARRAY<DOUBLE>
        unnormalised scores, one a class; one alone is a class that is certain: of two classes with
        one logit z a row give array(0, z)
    matrix : Iterable[float]
        what each of the K classes takes from each, row by row: K^2 numbers; allowed: an array of
        numbers
    bias : Iterable[float]
        the shift of each class; allowed: an array of numbers
    beta : float, default 1.0
        the inverse of the temperature; allowed: a number in (0, inf)
    epsilon : float, default 0.0
        the share of the uniform distribution; allowed: a number in [0, 1]

    Returns
    -------
    Column of ARRAY<DOUBLE>
        [0, 1], sums to 1, above 0 with an epsilon; NaN where softmax is

    Notes
    -----
    Formula: softmax(sum_j matrix_ij l'_j + bias_i); l' = log((1 - e) softmax(beta l) + e / K), e
        the epsilon; l = log softmax(z), at least -87.3365
    Source: Berta et al. 2025, arXiv:2511.03685; Kull et al. 2019, arXiv:1910.12656

    Examples
    --------
    In SQL: matrix_scaled(array(2.0, 0.5), matrix => array(0.9, 0.1, -0.1, 1.1), bias => array(0.1,
        -0.2), beta => 0.5, epsilon => 0.01)
    """
    return call("matrix_scaled", [logits], [matrix, bias, beta, epsilon])


def quadratic_scaled(
    logit: ColumnOrName,
    *,
    a: float,
    b: float,
    c: float,
    floor: float | None = None,
) -> Column:
    """The probability of a yes by the numbers of quadratic_scaling.

    Parameters
    ----------
    logit : column of DOUBLE
        the logit of a yes
    a : float
        the shift; allowed: a number
    b : float
        the scale; allowed: a number
    c : float
        the bend; allowed: a number
    floor : float, default 0.0
        the share of a probability of 1/2; allowed: a number in [0, 1]

    Returns
    -------
    Column of DOUBLE
        [0, 1]; NaN of a NaN

    Notes
    -----
    Formula: (1 - f) sigmoid(a + b z + c z^2) + f / 2, f the floor; z in [-87.3365, 87.3365]
    Source: Berta et al. 2025, arXiv:2511.03685

    Examples
    --------
    In SQL: quadratic_scaled(1.5, a => 0.1, b => 0.8, c => -0.05)
    """
    return call("quadratic_scaled", [logit], [a, b, c, floor])


def platt_scaled(
    logit: ColumnOrName,
    *,
    slope: float,
    intercept: float,
    floor: float | None = None,
) -> Column:
    """The probability of a yes by the numbers of platt_scaling.

    Parameters
    ----------
    logit : column of DOUBLE
        the logit of a yes
    slope : float
        the scale; allowed: a number
    intercept : float
        the shift; allowed: a number
    floor : float, default 0.0
        the share of a probability of 1/2; allowed: a number in [0, 1]

    Returns
    -------
    Column of DOUBLE
        [0, 1]; NaN of a NaN

    Notes
    -----
    Formula: (1 - f) sigmoid(slope z + intercept) + f / 2, f the floor; z in [-87.3365, 87.3365]
    Source: Platt 1999, Advances in Large Margin Classifiers

    Examples
    --------
    In SQL: platt_scaled(1.5, slope => 0.8, intercept => 0.1)
    """
    return call("platt_scaled", [logit], [slope, intercept, floor])


def beta_calibrated(
    prob: ColumnOrName,
    *,
    a: float,
    b: float,
    c: float,
    floor: float | None = None,
) -> Column:
    """The probability of a yes by the numbers of beta_calibration.

    Parameters
    ----------
    prob : column of DOUBLE
        the probability of a yes, in [0, 1]
    a : float
        the bend near 0; allowed: a number in [0, inf)
    b : float
        the bend near 1; allowed: a number in [0, inf)
    c : float
        the shift; allowed: a number
    floor : float, default 0.0
        the share of a probability of 1/2; allowed: a number in [0, 1]

    Returns
    -------
    Column of DOUBLE
        [0, 1]; NaN of what is no probability

    Notes
    -----
    Formula: (1 - f) sigmoid(a ln p - b ln(1 - p) + c) + f / 2, f the floor; p in [2^-52, 1 - 2^-52]
    Source: Kull, Silva Filho and Flach 2017, PMLR 54:623

    Examples
    --------
    In SQL: beta_calibrated(0.8, a => 0.9, b => 1.2, c => -0.1)
    """
    return call("beta_calibrated", [prob], [a, b, c, floor])


def temperature_scaled_binary(
    logit: ColumnOrName,
    *,
    temperature: float,
    floor: float | None = None,
) -> Column:
    """The probability of a yes by the number of temperature_scaling.

    Parameters
    ----------
    logit : column of DOUBLE
        the logit of a yes
    temperature : float
        what the logit is divided by; allowed: a number in (0, inf)
    floor : float, default 0.0
        the share of a probability of 1/2; allowed: a number in [0, 1]

    Returns
    -------
    Column of DOUBLE
        [0, 1]; NaN of a NaN

    Notes
    -----
    Formula: (1 - f) sigmoid(z / temperature) + f / 2, f the floor; z in [-87.3365, 87.3365]
    Source: Guo et al. 2017, arXiv:1706.04599

    Examples
    --------
    In SQL: temperature_scaled_binary(1.5, temperature => 1.8)
    """
    return call("temperature_scaled_binary", [logit], [temperature, floor])


def evaluation_state(
    predictions: ColumnOrName,
    label: ColumnOrName,
    weight: ColumnOrName | None = None,
    options: str | Mapping[str, object] | None = None,
) -> Column:
    """What an evaluation keeps of a group of rows, as bytes: metrics are read off it later, and
    states of several groups can be merged.

    Parameters
    ----------
    predictions : column
        one number a class: logits unless options say otherwise
    label : column
        the class index, from 0
    weight : column, optional
        the weight of the row; every row weighs 1 if not given
    options : str or dict, optional
        key=value separated by semicolons, or a dict of them, whose lists are joined by commas;
        docs/sql.md lists them

    Examples
    --------
    In SQL: SELECT evaluation_metric(evaluation_state(logits, label), 'log_loss') FROM VALUES
        (array(2.0, 0.5), 0) AS t(logits, label)
    """
    return call_given("evaluation_state", predictions, label, weight, options_text(options))


def merge_evaluation_states(state: ColumnOrName) -> Column:
    """The state of all rows of the states of a group; NULL of none.

    Parameters
    ----------
    state : column
        BINARY: what evaluation_state gave

    Examples
    --------
    In SQL: SELECT merge_evaluation_states(state) FROM (SELECT evaluation_state(logits, label) AS
        state FROM VALUES (array(2.0, 0.5), 0) AS t(logits, label))
    """
    return call_given("merge_evaluation_states", state)


def logsumexp_aggregate(value: ColumnOrName) -> Column:
    """log sum exp(value) over rows, the same bits in any order and partitioning, for any size of
    the values; -Infinity of no rows. A NULL is no row.

    Parameters
    ----------
    value : column
        a number

    Examples
    --------
    In SQL: SELECT logsumexp_aggregate(value) FROM VALUES (1000.0), (1000.5) AS t(value)
    """
    return call_given("logsumexp_aggregate", value)


def multilabel_metrics(
    scores: ColumnOrName, targets: ColumnOrName, options: str | Mapping[str, object] | None = None
) -> Column:
    """Metrics of rows with one score and one target (0 or 1) a label, as a struct: mean average
    precision, precision, recall and F1 by class and overall, Hamming loss and subset accuracy; NULL
    of no rows. Options are text, as 'scores=logits; threshold=0.3': what the scores are,
    probabilities unless said otherwise, and above which a label is predicted, by default 0.5, of
    logits 0.

    Parameters
    ----------
    scores : column
        one number a label
    targets : column
        0 or 1 a label
    options : str or dict, optional
        key=value separated by semicolons, or a dict of them, whose lists are joined by commas;
        docs/sql.md lists them

    Examples
    --------
    In SQL: SELECT multilabel_metrics(scores, targets).overall_f1 FROM VALUES (array(0.9, 0.2, 0.7),
        array(1, 0, 0)) AS t(scores, targets)
    """
    return call_given("multilabel_metrics", scores, targets, options_text(options))


def evaluation_metric(state: ColumnOrName, metric: str, part: str | None = None) -> Column:
    """A metric of a state, named as 'name' or 'name(parameter=value, ...)'; of a metric with
    several parts the one named, or the first. NULL for a state of no rows.

    Parameters
    ----------
    state : column
        BINARY: what evaluation_state gave
    metric : str
        name or name(parameter=value, ...)
    part : str, optional
        the part of a metric that has several; the first by default

    Examples
    --------
    In SQL: SELECT evaluation_metric(evaluation_state(logits, label),
        'top_label_calibration_error(norm=max)') FROM VALUES (array(2.0, 0.5), 0) AS t(logits,
        label)
    """
    return call_given("evaluation_metric", state, text(metric), text(part))


def fit_calibrator(state: ColumnOrName, method: str) -> Column:
    """A calibrator of two classes, fitted from a state that was built for the metric
    recalibration_gain, as bytes for calibrate and calibrate_probabilities: no row is read. NULL for
    a state of no rows.

    Parameters
    ----------
    state : column
        BINARY: what evaluation_state gave
    method : str
        the name of the method of calibration

    Examples
    --------
    In SQL: SELECT calibrate(fit_calibrator(state, 'platt_scaling'), array(0.0, 1.5)) FROM (SELECT
        evaluation_state(logits, label, 'metrics=recalibration_gain') AS state FROM VALUES
        (array(0.0, 2.0), 1), (array(0.0, -1.0), 0), (array(0.0, 3.0), 0) AS t(logits, label))
    """
    return call_given("fit_calibrator", state, text(method))


def calibrate(model: ColumnOrName, logits: ColumnOrName) -> Column:
    """The calibrated probabilities of a row of logits, by the bytes of a fitted calibrator:
    CalibratorModel.toBytes(). NULL where the logits are, hold a NULL, or have no softmax.

    Parameters
    ----------
    model : column
        BINARY: the bytes of a fitted calibrator
    logits : column
        unnormalised scores, one a class

    Examples
    --------
    In SQL: SELECT
        calibrate(unbase64('U0xDTQEAC3RlbXBlcmF0dXJlAAAAAgAAAAIABGJldGEAAAABP+AAAAAAAAAAB2Vwc2lsb24AAAABP4R64UeuFHugMNN2'),
        array(2.0, 0.5))
    """
    return call_given("calibrate", model, logits)


def calibrate_probabilities(model: ColumnOrName, probabilities: ColumnOrName) -> Column:
    """The calibrated probabilities of a row of probabilities, by the bytes of a fitted calibrator:
    CalibratorModel.toBytes(). NULL where they are, hold a NULL, or are of no distribution.

    Parameters
    ----------
    model : column
        BINARY: the bytes of a fitted calibrator
    probabilities : column
        one probability a class

    Examples
    --------
    In SQL: SELECT
        calibrate_probabilities(unbase64('U0xDTQEAC3RlbXBlcmF0dXJlAAAAAgAAAAIABGJldGEAAAABP+AAAAAAAAAAB2Vwc2lsb24AAAABP4R64UeuFHugMNN2'),
        array(0.8, 0.2))
    """
    return call_given("calibrate_probabilities", model, probabilities)
