using System.Text.Json;

namespace Fixtures.Cli.TestPrograms;

/// <summary>Remembers how long test programs took, from one run to the next. Without it a run is slower and not wrong, so nothing of it fails.</summary>
/// <param name="folder">Where the file is kept; made if it is not there.</param>
internal sealed class FormerTimes(string folder)
{
    private const int MostPrograms = 1000;
    private const int MostBytes = 1 << 20;

    private readonly string _file = Path.Combine(folder, "test-times.json");

    /// <summary>The times by assembly, those of the last run first. Nothing where there is no file, or a damaged one.</summary>
    public IReadOnlyDictionary<string, TimeSpan> Read()
    {
        var times = new OrderedDictionary<string, TimeSpan>();
        try
        {
            if (!File.Exists(_file) || new FileInfo(_file).Length > MostBytes)
                return times;
            using var json = JsonDocument.Parse(File.ReadAllBytes(_file));
            if (json.RootElement.ValueKind != JsonValueKind.Object)
                return times;
            foreach (JsonProperty member in json.RootElement.EnumerateObject())
            {
                if (member.Value.ValueKind == JsonValueKind.Number && member.Value.TryGetInt32(out int milliseconds))
                    times[member.Name] = TimeSpan.FromMilliseconds(milliseconds);
            }
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            times.Clear();
        }
        return times;
    }

    /// <summary>Adds the times of a run to those that another run may have written meanwhile. The oldest ones are dropped.</summary>
    /// <returns>Why they cannot be written, or null.</returns>
    public string? Write(IReadOnlyDictionary<string, TimeSpan> times)
    {
        IEnumerable<KeyValuePair<string, TimeSpan>> all = times.Concat(Read().Where(former => !times.ContainsKey(former.Key))).Take(MostPrograms);
        string beside = $"{_file}.{Guid.NewGuid():N}.new";
        try
        {
            Directory.CreateDirectory(folder);
            try
            {
                File.WriteAllBytes(beside, Serialize(all));
                File.Move(beside, _file, overwrite: true);
            }
            finally
            {
                File.Delete(beside);
            }
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return $"The times of the test programs cannot be kept for the next run: {exception.Message}";
        }
    }

    private static byte[] Serialize(IEnumerable<KeyValuePair<string, TimeSpan>> times)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            foreach ((string assembly, TimeSpan time) in times)
                json.WriteNumber(assembly, (int)Math.Min(time.TotalMilliseconds, int.MaxValue));
            json.WriteEndObject();
        }
        return stream.ToArray();
    }
}
