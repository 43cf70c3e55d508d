package io.driftwood.jobs.configuration;

/**
 * A stretch of one line of a file.
 *
 * @param line from 1
 * @param column from 1
 * @param length characters, at least 1
 */
public record Position(int line, int column, int length) {}
