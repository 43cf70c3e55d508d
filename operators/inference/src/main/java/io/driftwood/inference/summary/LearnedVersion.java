package io.driftwood.inference.summary;

/** Which version of something learned served a summary or an answer. */
public record LearnedVersion(String name, long version) {}
