package io.driftwood.jobs.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftwood.inference.catalogue.Catalogue;
import io.driftwood.inference.catalogue.DurationWords;
import io.driftwood.inference.catalogue.Entry;
import io.driftwood.inference.catalogue.Option;
import io.driftwood.inference.catalogue.ShapeWords;
import io.driftwood.inference.catalogue.Spelling;
import io.driftwood.jobs.configuration.Catalogues;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "list", mixinStandardHelpOptions = true,
        description = "Shows what can be chosen: models, state-space models, filters, priors, transitions, resamplers, rejuvenations, histories, learners, trainings, sources, sinks, targets, samplers; with their options.",
        footer = {"", "Examples:", "  driftwood list models", "  driftwood list --json"})
final class ListCommand implements Callable<Integer> {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Spec private CommandSpec command;

    @Parameters(paramLabel = "KIND", arity = "0..1", description = "models, state-space-models, filters, priors, transitions, resamplers, rejuvenations, histories, learners, trainings, sources, sinks, targets or samplers.")
    private String kind;

    @picocli.CommandLine.Option(names = "--json", description = "Writes JSON.")
    private boolean json;

    @Override
    public Integer call() throws JsonProcessingException {
        PrintWriter out = command.commandLine().getOut();
        if (json) {
            out.println(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json(chosen())));
        } else {
            chosen().forEach(catalogue -> print(catalogue, out));
        }
        out.flush();
        return ExitCode.DONE;
    }

    private List<Catalogue<?>> chosen() {
        if (kind == null) {
            return Catalogues.ALL;
        }
        List<String> kinds = Catalogues.ALL.stream().map(Catalogues::plural).toList();
        int index = kinds.indexOf(kind);
        if (index < 0) {
            String nearest = Spelling.nearest(kind, kinds).map(word -> "; did you mean " + word + "?").orElse("");
            throw new ParameterException(command.commandLine(),
                    "there is nothing called '" + kind + "' to list, only " + String.join(", ", kinds) + nearest);
        }
        return List.of(Catalogues.ALL.get(index));
    }

    private static void print(Catalogue<?> catalogue, PrintWriter out) {
        out.println(Catalogues.plural(catalogue));
        for (Entry<?> entry : catalogue.entries()) {
            out.println("  " + entry.name() + "  " + entry.help());
            for (Option option : entry.options()) {
                out.println("      " + option.name() + ": " + ShapeWords.of(option.shape()) + need(option) + ". " + option.help());
            }
        }
        out.println();
    }

    private static String need(Option option) {
        return option.required() ? " (required)" : option.fallback().map(value -> " (default " + words(value) + ")").orElse("");
    }

    private static Object words(Object value) {
        return value instanceof Duration duration ? DurationWords.format(duration) : value;
    }

    private static ObjectNode json(List<Catalogue<?>> catalogues) {
        ObjectNode out = JSON.createObjectNode();
        for (Catalogue<?> catalogue : catalogues) {
            ArrayNode entries = out.putArray(Catalogues.plural(catalogue));
            for (Entry<?> entry : catalogue.entries()) {
                ObjectNode node = entries.addObject().put("name", entry.name()).put("help", entry.help());
                ArrayNode options = node.putArray("options");
                entry.options().forEach(option -> {
                    ObjectNode described = options.addObject().put("name", option.name()).put("required", option.required())
                            .put("allowed", ShapeWords.of(option.shape())).put("help", option.help());
                    option.fallback().ifPresent(value -> described.set("default", JSON.valueToTree(words(value))));
                });
            }
        }
        return out;
    }
}
