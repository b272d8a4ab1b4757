using System.Net.Http.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Recipes;

public sealed class Application(TestDatabase db) : WebApplicationFactory<Program>
{
    protected override void ConfigureWebHost(IWebHostBuilder builder) => builder.ConfigureTestServices(services =>
        services.AddScoped(_ => new DbContextOptionsBuilder<BlogContext>().UseSqlite(db.ConnectionString).Options));
}

public sealed class WebApplicationTests
{
    [Fact]
    public async Task Featured_posts_are_shown()
    {
        using TestDatabase db = FixtureLoader.Load("testdata");
        await using var application = new Application(db);
        string[]? titles = await application.CreateClient().GetFromJsonAsync<string[]>("/featured", TestContext.Current.CancellationToken);
        Assert.Equal(4, titles?.Length);
    }
}
