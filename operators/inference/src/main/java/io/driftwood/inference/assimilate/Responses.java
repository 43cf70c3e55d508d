package io.driftwood.inference.assimilate;

import io.driftwood.inference.model.Model;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.LogWeights;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.summary.Summariser;
import java.util.List;

/**
 * Answers what response a model expects at given covariates: mean, standard deviation and quantiles of E[response | parameters, covariates] under the
 * posterior, as {@code predict: at} gives them in summaries.
 */
final class Responses {

    private final List<String> fields;
    private final Summariser summariser;
    private final double[] values;

    Responses(Model model, Summariser summariser) {
        fields = model.fields();
        this.summariser = summariser;
        values = new double[fields.size()];
        values[0] = Double.NaN;
    }

    /** The covariates: all fields but the response. */
    List<String> asks() { return fields.subList(1, fields.size()); }

    /** Null when the covariates can be answered, otherwise why not. */
    String refusal(Question question) {
        for (int j = 0; j < question.values().length; j++) {
            if (!Double.isFinite(question.values()[j])) {
                return "a response is asked for at covariates that are all known, and " + fields.get(j + 1) + " is "
                        + (Double.isNaN(question.values()[j]) ? "missing" : "not finite");
            }
        }
        return null;
    }

    /** From a weighted population. */
    Answer answer(PosteriorState state, Question question, Particles theta, LogWeights weights, String bias, Scratch scratch) {
        System.arraycopy(question.values(), 0, values, 1, question.values().length);
        return Answer.of(question, state.assimilated, summariser.levels(), bias, summariser.response(fields.get(0), values, theta, weights, scratch));
    }
}
