package dev.storewatch.spark;

import dev.storewatch.input.WrongInput;
import dev.storewatch.uptime.Rule;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What somebody typed after the name of a program: options with values, and some without. */
abstract class Arguments {
  final Map<String, String> values = new HashMap<>();

  /**
   * Reads the arguments.
   *
   * @param flags the options without a value
   * @param names the options with one
   * @throws WrongInput if an option is unknown, or its value missing
   */
  Arguments(Set<String> flags, Set<String> names, String... arguments) {
    for (int i = 0; i < arguments.length; i++) {
      String name = arguments[i].startsWith("--") ? arguments[i].substring(2) : "";
      if (flags.contains(name)) {
        values.put(name, "");
      } else if (!names.contains(name)) {
        throw new WrongInput(
            "there is no option '%s': see the options with --help".formatted(arguments[i]));
      } else if (i + 1 == arguments.length) {
        throw new WrongInput("--%s needs a value: see the options with --help".formatted(name));
      } else {
        values.put(name, arguments[++i]);
      }
    }
  }

  final boolean isHelp() {
    return has("help");
  }

  final boolean has(String name) {
    return values.containsKey(name);
  }

  final @Nullable String value(String name) {
    return values.get(name);
  }

  final String required(String name) {
    String value = values.get(name);
    if (value == null) {
      throw new WrongInput("--%s is missing: see the options with --help".formatted(name));
    }
    return value;
  }

  /** Returns the rule, with how far from its own instant a poll speaks. */
  final Rule rule() {
    return Rule.of(
        values.getOrDefault("rule", "nearest"),
        Rule.parseCarry(values.getOrDefault("carry", "PT24H")));
  }
}
