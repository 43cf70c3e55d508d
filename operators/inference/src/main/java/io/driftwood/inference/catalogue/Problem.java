package io.driftwood.inference.catalogue;

/**
 * One thing wrong with a configuration.
 *
 * @param path where, as dotted keys with list positions: {@code sampler.transition.step-size}, {@code predict[0].at}
 * @param value what stands there, as text; empty when nothing does
 * @param message what is wrong and what is allowed
 * @param suggestion the nearest correct spelling or a value to try; empty when there is none
 */
public record Problem(String path, String value, String message, String suggestion) {

    public static Problem at(String path, Object value, String message) {
        return new Problem(path, value == null ? "" : String.valueOf(value), message, "");
    }

    public Problem suggesting(String better) {
        return new Problem(path, value, message, better);
    }
}
