package io.driftwood.calibration;

import io.driftwood.inference.assimilate.History;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.model.Model;
import io.driftwood.truth.Setup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One way to infer one model.
 *
 * @param length observations simulated
 * @param training observations that come first and are the same in every replicate: they make an improper prior proper, and the true
 *     parameters are drawn from the posterior they give
 * @param remembered how many of the last observations the posterior is given
 */
record CalibrationCase(String name, Model model, Settings sampler, Optional<History> history, int length, double[][] training, int remembered) {

    /** Few, so that what depends on there being many shows; enough for consistency not to be the matter. */
    static final long PARTICLES = 250;

    static CalibrationCase of(String name, Model model, int length) {
        return new CalibrationCase(name, model, checked(), Optional.empty(), length, new double[0][], Integer.MAX_VALUE);
    }

    private static Settings checked(Object... options) {
        List<Object> all = new ArrayList<>(List.of(options));
        all.addAll(List.of("particles", PARTICLES));
        return Setup.sampler(all.toArray());
    }

    CalibrationCase with(Object... samplerOptions) {
        return new CalibrationCase(name, model, checked(samplerOptions), history, length, training, remembered);
    }

    CalibrationCase with(History chosen) {
        return new CalibrationCase(name, model, sampler, Optional.of(chosen), length, training, remembered);
    }

    CalibrationCase after(double[][] rows) {
        return new CalibrationCase(name, model, sampler, history, length, rows, remembered);
    }

    CalibrationCase remembering(int observations) {
        return new CalibrationCase(name, model, sampler, history, length, training, observations);
    }

    CalibrationCase named(String other) { return new CalibrationCase(other, model, sampler, history, length, training, remembered); }

    @Override
    public String toString() { return name; }
}
