using Fixtures.Mapping;

namespace Fixtures;

public sealed partial class FixtureLoader
{
    private sealed partial class LoadRun
    {
        private readonly Dictionary<ModelMap, bool> _excluded = [];

        private bool IsExcluded(ModelMap model)
        {
            if (!_excluded.TryGetValue(model, out bool excluded))
            {
                string app = AppOf(model.Model);
                excluded = _options.Exclude.Any(name => name.Equals(app, StringComparison.OrdinalIgnoreCase) || Names.FoldPlural(name) == Names.FoldPlural(model.Model));
                _excluded.Add(model, excluded);
            }
            return excluded;
        }

        private void CheckExclusions(SchemaMap schema)
        {
            foreach (string name in _options.Exclude)
            {
                if (name.Contains('.', StringComparison.Ordinal))
                {
                    CheckExcludedModel(schema, name);
                }
                else if (!KnownApps(schema).Contains(name, StringComparer.OrdinalIgnoreCase))
                {
                    string? nearest = NearestName.Among(name, KnownApps(schema));
                    throw new FixtureException(FixtureStage.Resolve, new FixtureError($"Cannot exclude '{name}': no app has this label.{(nearest is null ? "" : $" Did you mean '{nearest}'?")}"));
                }
            }
        }

        private static void CheckExcludedModel(SchemaMap schema, string model)
        {
            try
            {
                if (schema.FindModel(model) is null)
                    throw schema.UnknownModel(model);
            }
            catch (MappingError error)
            {
                throw new FixtureException(FixtureStage.Resolve, new FixtureError($"Cannot exclude '{model}': {error.Message}"), error);
            }
        }

        /// <summary>An app is known if it is configured, named by a model, or the first part of a table's name.</summary>
        private IEnumerable<string> KnownApps(SchemaMap schema) => loader.Current.Apps.Select(app => app.Label)
            .Concat(_options.Models.Keys.Select(AppOf))
            .Concat(schema.Schema.TableNames.Where(table => table.Contains('_', StringComparison.Ordinal)).SelectMany(Prefixes))
            .Distinct(StringComparer.OrdinalIgnoreCase);

        private static IEnumerable<string> Prefixes(string table)
        {
            for (int end = table.IndexOf('_', 1); end > 0; end = table.IndexOf('_', end + 1))
                yield return table[..end];
        }

        private static string AppOf(string model)
        {
            int dot = model.IndexOf('.', StringComparison.Ordinal);
            return dot < 0 ? "" : model[..dot];
        }
    }
}
