using System.Globalization;
using BenchmarkDotNet.Running;
using Fixtures.Benchmarks.Load;

return args switch
{
    ["load", .. string[] options] => LoadMeasurement.Run(options),
    [LoadWays.Command, string way, string folder, string count] => LoadWays.Run(way, new LoadFiles(folder, int.Parse(count, CultureInfo.InvariantCulture), way)),
    _ => BenchmarkSwitcher.FromAssembly(typeof(LoadMeasurement).Assembly).Run(args).Any() ? 0 : 1,
};
