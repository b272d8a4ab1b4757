using Microsoft.EntityFrameworkCore;
using Recipes;

// The application that a recipe tests: it has a database of its own, which a test must not touch.
WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
builder.Services.AddDbContext<BlogContext>(options => options.UseSqlite("Data Source=production.db;Mode=ReadWrite"));
WebApplication app = builder.Build();
app.MapGet("/featured", (BlogContext blog) => blog.Posts.Where(post => post.IsFeatured).OrderBy(post => post.Id).Select(post => post.Title).ToList());
app.Run();
