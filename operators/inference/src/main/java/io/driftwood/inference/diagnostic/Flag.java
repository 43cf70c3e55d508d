package io.driftwood.inference.diagnostic;

/** Why a diagnostic has no value, if it has none. */
public enum Flag {
    OK,
    /** All values are equal, so that nothing varies that could be diagnosed. */
    CONSTANT,
    /** A value is NaN or infinite. */
    NOT_FINITE,
    /** Too few values. */
    TOO_SHORT
}
