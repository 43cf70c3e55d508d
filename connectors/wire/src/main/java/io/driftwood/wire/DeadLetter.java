package io.driftwood.wire;

import java.io.Serializable;

/**
 * A record that could not be read as an observation.
 *
 * @param reason one clear sentence for the person who has to repair it
 */
public record DeadLetter(String reason, RawRecord record) implements Serializable {}
