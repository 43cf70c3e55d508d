package io.driftwood.inference.catalogue;

/**
 * One value a configuration ends up with, as people may see it.
 *
 * @param path dotted keys with list positions, as in {@link Problem#path}
 * @param text the value as text; a value taken from the environment shows its {@code ${env:NAME}} reference, never what it stands for
 * @param origin who set it: a file's line, a flag, an environment variable, or {@link #DEFAULT}
 */
public record Effective(String path, String text, String origin) {
    public static final String DEFAULT = "default";
}
