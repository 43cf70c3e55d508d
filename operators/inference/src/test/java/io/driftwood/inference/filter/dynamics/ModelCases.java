package io.driftwood.inference.filter.dynamics;

import io.driftwood.inference.filter.Run;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One configuration of every built-in state-space model. */
public final class ModelCases {

    private ModelCases() {}

    public static Map<String, StateSpaceModel> all() {
        Map<String, Object> initial = Map.of("mean", 1.0, "variance", 2.0);
        Map<String, StateSpaceModel> cases = new LinkedHashMap<>();
        cases.put("local-level", Run.model("local-level", "response", "y", "noise-variance", 0.7, "level-variance", 0.2, "initial", initial));
        cases.put("local-linear-trend", Run.model("local-linear-trend", "response", "y", "noise-variance", 0.5, "slope-variance", 0.1,
                "level-variance", 0.2, "initial", initial));
        cases.put("seasonal", Run.model("seasonal", "response", "y", "period", 4L, "noise-variance", 0.3, "level-variance", 0.1,
                "season-variance", 0.05, "initial", initial, "initial-season-variance", 2.0));
        cases.put("autoregressive", Run.model("autoregressive", "response", "y", "coefficients", List.of(0.5, 0.3), "mean", 2.0,
                "innovation-variance", 1.0, "noise-variance", 0.2));
        cases.put("log-rate", Run.model("log-rate", "response", "y", "family", "negative-binomial", "dispersion", 0.4, "rate-variance", 0.1,
                "exposure", "size", "initial", initial));
        cases.put("stochastic-volatility", Run.model("stochastic-volatility", "response", "y", "mean", -0.5, "persistence", 0.9, "volatility", 0.4));
        cases.put("sensor-fusion", Run.model("sensor-fusion", "channels", new LinkedHashMap<>(Map.of("a", Map.of("scale", 0.5),
                "b", Map.of("scale", 1.5, "offset", 0.3))), "level-variance", 0.2, "initial", initial));
        cases.put("tracking", Run.model("tracking", "range-sd", 0.3, "bearing-sd", 0.2, "acceleration-variance", 0.1,
                "position", Map.of("x", 5.0, "y", -3.0, "sd", 0.5), "velocity", Map.of("sd", 0.5)));
        cases.put("brownian", Run.model("brownian", "response", "y", "prior-sd", 0.7));
        cases.put("markov-switching", Run.model("markov-switching", "response", "y",
                "regimes", List.of(Map.of("innovation-variance", 0.1, "noise-variance", 0.3, "persistence", 0.8),
                        Map.of("mean", 2.0, "innovation-variance", 1.0, "noise-variance", 0.5, "persistence", 0.5)),
                "transition", List.of(List.of(0.9, 0.1), List.of(0.2, 0.8)), "initial", initial));
        cases.put("sir", Run.model("sir", "response", "y", "population", 1000.0, "rate", 0.6, "recovery", 0.3, "share", 0.5, "dispersion", 0.1,
                "rate-variance", 0.01, "initial", Map.of("infectious", 20.0)));
        cases.put("lorenz", Run.model("lorenz", "response", "y"));
        return cases;
    }
}
