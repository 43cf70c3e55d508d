package io.driftwood.inference.sample;

/** A run that could not be made, and why in words for people. */
public final class SamplingException extends RuntimeException {

    private static final long serialVersionUID = 1;

    SamplingException(String message) { super(message); }
}
