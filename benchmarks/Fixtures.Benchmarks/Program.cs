using System.Globalization;
using BenchmarkDotNet.Running;
using Fixtures.Benchmarks.Charts;
using Fixtures.Benchmarks.Load;
using Fixtures.Benchmarks.Suites;

return args switch
{
    ["load", .. string[] options] => LoadMeasurement.Run(options),
    ["sizes", .. string[] options] => SizeMeasurement.Run(options),
    ["indexes", .. string[] options] => IndexMeasurement.Run(options),
    ["draw", string folder] => ResultCharts.Draw(folder),
    ["suite", .. string[] options] => SuiteMeasurement.Run(options),
    ["story", .. string[] options] => StoryMeasurement.Run(options),
    [LoadWays.Command, string way, string folder, string count] => LoadWays.Run(way, new LoadFiles(folder, int.Parse(count, CultureInfo.InvariantCulture), way)),
    _ => BenchmarkSwitcher.FromAssembly(typeof(LoadMeasurement).Assembly).Run(args).Any() ? 0 : 1,
};
