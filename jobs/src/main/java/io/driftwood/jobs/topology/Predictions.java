package io.driftwood.jobs.topology;

import io.driftwood.inference.catalogue.ConfigurationException;
import io.driftwood.inference.catalogue.Problem;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.catalogue.Spelling;
import io.driftwood.inference.model.Parameter;
import io.driftwood.inference.summary.Derived;
import io.driftwood.inference.summary.FunctionOfParameters;
import io.driftwood.inference.summary.Prediction;
import io.driftwood.jobs.predict.FormulaParser;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The derived quantities of the {@code predict} section: responses at given covariates, and functions of the parameters. */
final class Predictions {

    private final Subject subject;
    private final List<Problem> problems = new ArrayList<>();

    private Predictions(Subject subject) {
        this.subject = subject;
    }

    static List<Derived> build(Subject subject, List<Settings> predict) {
        Predictions predictions = new Predictions(subject);
        List<Derived> derived = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Settings settings : predict) {
            if (!names.add(settings.text("name"))) {
                predictions.problems.add(Problem.at(settings.pathOf("name"), settings.text("name"), "is the name of two quantities"));
            }
            derived.add(settings.has("at") ? predictions.at(settings) : predictions.of(settings));
        }
        if (!predictions.problems.isEmpty()) {
            throw new ConfigurationException(predictions.problems);
        }
        return derived;
    }

    private Derived at(Settings settings) {
        if (!(subject instanceof Subject.Standing)) {
            problems.add(Problem.at(settings.pathOf("at"), null, "is for models that predict a response; of a state take `of`, a function of it"));
            return null;
        }
        List<String> covariates = subject.covariates();
        Map<String, Double> given = settings.map("at", Double.class);
        for (String name : given.keySet()) {
            if (!covariates.contains(name)) {
                Problem problem = Problem.at(settings.pathOf("at") + "." + name, given.get(name),
                        "is no covariate of the model; they are " + (covariates.isEmpty() ? "none" : String.join(", ", covariates)));
                problems.add(Spelling.nearest(name, covariates).map(word -> problem.suggesting("did you mean `" + word + "`?")).orElse(problem));
            }
        }
        double[] values = new double[1 + covariates.size()];
        Arrays.fill(values, Double.NaN);
        for (int i = 1; i < values.length; i++) {
            String covariate = covariates.get(i - 1);
            if (given.containsKey(covariate)) {
                values[i] = given.get(covariate);
            } else {
                problems.add(Problem.at(settings.pathOf("at"), null, "needs a value for " + covariate));
            }
        }
        return new Prediction(settings.text("name"), values);
    }

    private Derived of(Settings settings) {
        List<String> parameters = subject.space().parameters().stream().map(Parameter::name).toList();
        try {
            return new FunctionOfParameters(settings.text("name"), FormulaParser.parse(settings.text("of"), parameters));
        } catch (IllegalArgumentException e) {
            problems.add(Problem.at(settings.pathOf("of"), settings.text("of"), e.getMessage()));
            return null;
        }
    }
}
